import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEXTLESS, modelOf, modelOfResources, resolve, source } from './templates';
import { buildMatrix } from '../../src/analysis/matrix';
import { loadTemplates } from '../../src/template/load';

describe('assemblies that name a folder again', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assembly-'));
    mkdirSync(join(folder, 'inner'));
    symlinkSync(folder, join(folder, 'inner', 'back'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const manifest = (path: string, ...directories: string[]) => writeFileSync(join(folder, path, 'manifest.json'), JSON.stringify({
    artifacts: Object.fromEntries(directories.map((directoryName, index) => [`a${index}`, { type: 'cdk:cloud-assembly', properties: { directoryName } }])),
  }));

  test.each<[string, string[], string[]]>([
    ['itself', ['.'], []],
    ['itself through another', ['inner'], ['..']],
    ['itself through a link', ['inner'], ['back']],
    ['the same folder twice', ['inner', 'inner'], []],
  ])('%s', (_, outer, inner) => {
    manifest('.', ...outer);
    manifest('inner', ...inner);
    expect(() => loadTemplates(folder)).toThrow('names a folder that is read already');
  });
});

describe('texts of templates', () => {
  const load = (text: string) => loadTemplates('-', () => text).templates[0].template;

  test('a merge key is refused with its line', () => {
    expect(() => load('Base: &base\n  Type: X\nResources:\n  Pool:\n    <<: *base\n')).toThrow(/merge key << at line 5/);
    expect(load('Resources:\n  "<<": 1\n')).toEqual({ Resources: { '<<': 1 } });
  });

  test('the output of get-template is a template', () => {
    const template = { Resources: { Pool: { Type: 'AWS::Cognito::UserPool' } } };
    expect(load(JSON.stringify({ TemplateBody: template, StagesAvailable: ['Original'] }))).toEqual(template);
    expect(load(JSON.stringify({ TemplateBody: 'Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n' }))).toEqual(template);
    expect(() => load('{"TemplateBody": 1}')).toThrow('is no template');
  });
});

describe('transforms', () => {
  const Resources = { Pool: { Type: 'AWS::Cognito::UserPool' } };
  test('a value of a transform whose name is no text', () => {
    expect(resolve({ 'Fn::Transform': { Name: TEXTLESS } })).toMatchObject({ unknown: 'transform without a name is expanded at deployment' });
  });

  test('a list with elements that are no texts', () => {
    const { resourceServers: [{ identifier }] } = modelOf(source({
      Parameters: { List: { Type: 'CommaDelimitedList', Default: [TEXTLESS] }, Text: { Type: 'String', Default: [TEXTLESS] } },
      Resources: { ...Resources, Server: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: { Ref: 'Pool' }, Identifier: { 'Fn::Join': ['', [{ Ref: 'Text' }, { 'Fn::Select': [0, { Ref: 'List' }] }]] } } } },
    }));
    expect(identifier).toMatchObject({ unknown: expect.stringContaining('no text') });
  });

  test.each<[string, object, string | undefined]>([
    ['a macro', { Transform: ['AWS::LanguageExtensions', 'MyMacro'], Resources }, 'MyMacro'],
    ['an object', { Transform: { Name: 'AWS::Include' }, Resources }, 'AWS::Include'],
    ['the top level', { 'Fn::Transform': { Name: 'AWS::Include' }, Resources }, 'AWS::Include'],
    ['the resources', { Resources: { 'Fn::Transform': { Name: 'Other' }, ...Resources } }, 'Other'],
    ['a resource', { Resources: { Pool: { ...Resources.Pool, 'Fn::Transform': { Name: 'Own' } } } }, 'Own'],
    ['one whose name is no text', { Transform: { Name: TEXTLESS }, Resources }, 'without a name'],
    ['one that changes nothing', { Transform: 'AWS::LanguageExtensions', Resources }, undefined],
    ['SAM, whose resources are expanded', { Transform: ['AWS::Serverless-2016-10-31'], Resources }, undefined],
    ['secrets that rotate', { Transform: 'AWS::SecretsManager-2024-09-16', Resources }, undefined],
    ['deployments with CodeDeploy', { Transform: 'AWS::CodeDeployBlueGreen', Resources }, undefined],
    ['one whose name only begins alike', { Transform: 'AWS::CodeDeployBlueGreenOther', Resources }, 'AWS::CodeDeployBlueGreenOther'],
  ])('%s', (_, template, name) => {
    const { userPools: [{ condition }], notRead } = modelOf(source(template));
    expect(condition).toEqual(name === undefined ? undefined : { unknown: `the transform ${name} may change this` });
    expect(notRead).toEqual(name === undefined || name === 'Own' ? undefined : [{ subject: 'App', reason: `the transform ${name} may change this` }]);
  });

  test('is noted as such', () => {
    const { notes } = buildMatrix(modelOf(source({ Transform: 'MyMacro', Resources })));
    expect(notes.find(({ kind }) => kind === 'condition')?.note).toBe('may be changed or left out by a transform: the transform MyMacro may change this');
  });
});

test('only the root of an API is the root', () => {
  const method = (resourceId: unknown) => modelOfResources({
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Other: { Type: 'Custom::Thing' },
    Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: resourceId, HttpMethod: 'GET' } },
  }).methods[0].path;
  expect(method({ 'Fn::GetAtt': ['Api', 'RootResourceId'] })).toBe('/');
  expect(method({ 'Fn::GetAtt': ['Other', 'RootResourceId'] })).toMatchObject({ expression: '${path of App/Other.RootResourceId}' });
  expect(method({ 'Fn::ImportValue': 'x.RootResourceId' })).toMatchObject({ expression: '${path of import:x.RootResourceId}' });
});

test('loops write only so much', () => {
  const items = Array.from({ length: 1000 }, (_, index) => `i${index}`);
  const body = Array.from({ length: 1000 }, () => '${X}');
  expect(resolve({ 'Fn::ForEach::L': ['X', items, { '${X}': body }] })).toEqual({
    '${X}': expect.objectContaining({ unknown: 'Fn::ForEach over X cannot be expanded: it writes too much' }) as unknown,
  });
});
