import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OPEN, UNKNOWN, runtimeOfResources } from './runtime-of';
import type { FunctionCode, FunctionSettings } from '../../../src/model/runtime-model';
import { loadTemplates } from '../../../src/template/load';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import type { TemplateSource } from '../../../src/template/template-set';

const fn = (properties: object, more: object = {}) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: properties, ...more } });
const settings = (properties: object, more: Partial<TemplateSource> = {}): FunctionSettings => {
  return runtimeOfResources({ Table: { Type: 'AWS::DynamoDB::Table' }, ...fn(properties) }, more).functions[0];
};

test('a function is read with its environment', () => {
  expect(settings({
    FunctionName: 'list',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => {};' },
    Environment: { Variables: { TABLE: { Ref: 'Table' }, ARN: { 'Fn::GetAtt': ['Table', 'Arn'] }, COUNT: 3, OPEN } },
    Timeout: '10',
    MemorySize: 512,
  }, { environment: { account: '111122223333', region: 'eu-west-1' } })).toEqual({
    id: 'App/Fn',
    account: '111122223333',
    region: 'eu-west-1',
    name: 'list',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { kind: 'inline', source: 'exports.handler = async () => {};' },
    environment: {
      TABLE: { unknown: 'App/Table is known after deployment', expression: '${App/Table}' },
      ARN: { unknown: 'App/Table.Arn is known after deployment', expression: '${App/Table.Arn}' },
      COUNT: '3',
      OPEN: UNKNOWN,
    },
    timeout: 10,
    memory: 512,
  });
});

test('a function without anything has the defaults of Lambda, and unknown code', () => {
  expect(settings({})).toEqual({
    id: 'App/Fn',
    runtime: { unknown: 'Runtime is missing' },
    handler: { unknown: 'Handler is missing' },
    code: { kind: 'elsewhere', unknown: 'its code is missing' },
    environment: {},
    timeout: 3,
    memory: 128,
  });
});

test.each([
  [{ Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:a:1'] }, ['Layers']],
  [{ Layers: OPEN, VpcConfig: { SubnetIds: ['subnet-1'] } }, ['Layers', 'VpcConfig']],
  [{ Layers: [], VpcConfig: {} }, undefined],
])('around a function with %j there are %j', (properties, surroundings) => {
  expect(settings(properties).surroundings).toEqual(surroundings);
});

test('a container image has no runtime and no handler', () => {
  const unknown = 'the function is a container image';
  expect(settings({ PackageType: 'Image', Code: { ImageUri: 'image' } }))
    .toMatchObject({ runtime: { unknown }, handler: { unknown }, code: { kind: 'elsewhere', unknown } });
});

test('a function whose condition is false is left out', () => {
  const set = { templates: [{ stack: 'App', environment: {}, template: { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Resources: fn({}, { Condition: 'No' }) } }] };
  expect(runtimeFromTemplates(set).functions).toEqual([]);
});

describe('code', () => {
  const files = { 'abc.zip': { path: '/out/asset.abc', exists: true }, 'gone.zip': { path: '/out/asset.gone', exists: false } };
  test.each<readonly [unknown, FunctionCode]>([
    [{ S3Bucket: 'assets', S3Key: 'abc.zip' }, { kind: 'asset', path: '/out/asset.abc' }],
    [{ S3Bucket: 'assets', S3Key: { 'Fn::Join': ['', ['abc', '.zip']] } }, { kind: 'asset', path: '/out/asset.abc' }],
    [{ S3Bucket: 'assets', S3Key: 'gone.zip' },
      { kind: 'elsewhere', unknown: 'its asset gone.zip is missing on this machine; synthesize the assembly again' }],
    [{ S3Bucket: 'assets', S3Key: 'other.zip' },
      { kind: 'elsewhere', unknown: 'its code is the object other.zip in the bucket assets on S3, and no asset of the assembly' }],
    [{ S3Bucket: OPEN, S3Key: 'toString' }, { kind: 'elsewhere', unknown: 'its code is the object toString on S3, and no asset of the assembly' }],
    [{ S3Bucket: 'assets', S3Key: OPEN },
      { kind: 'elsewhere', unknown: `its code is an object on S3 whose key is not known: ${UNKNOWN.unknown}`, expression: UNKNOWN.expression }],
    [{ ImageUri: 'image' }, { kind: 'elsewhere', unknown: 'the function is a container image' }],
    [{ ZipFile: { 'Fn::Sub': 'const table = "${Open}";' } },
      { kind: 'elsewhere', unknown: `its inline code is not fixed: ${UNKNOWN.unknown}`, expression: 'const table = "${App/Open}";' }],
    [{ ZipFile: [] }, { kind: 'elsewhere', unknown: 'its inline code is not fixed: ZipFile is no text' }],
    [{}, { kind: 'elsewhere', unknown: 'its code is missing' }],
    [[], { kind: 'elsewhere', unknown: 'its code is missing' }],
    [OPEN, { kind: 'elsewhere', ...UNKNOWN }],
    ['./src', { kind: 'elsewhere', unknown: 'its code ./src is not on this machine' }],
  ])('%j', (code, expected) => {
    expect(settings({ Code: code }, { files }).code).toEqual(expected);
  });
});

describe('files of a function', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'functions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: { readonly [name: string]: object | string }): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
  }
  const codeIn = (path: string) => runtimeFromTemplates(loadTemplates(path)).functions.map(({ code }) => code);
  const asset = (path: string, objectKey: string) => ({ source: { path, packaging: 'zip' }, destinations: { here: { bucketName: 'assets', objectKey } } });
  const assembly = (properties: object) => ({
    artifacts: {
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      'App': { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' }, ...properties },
    },
  });
  const template = (S3Key: unknown, more: object = {}) => ({ Resources: fn({ Code: { S3Bucket: 'assets', S3Key } }, more) });

  test('are the assets of the assembly, also of its stages and of nested stacks', () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/assets/nested.json' } };
    write({
      'asset.abc/index.js': '',
      'manifest.json': { artifacts: { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } } },
      'assembly-Prod/manifest.json': assembly({}),
      'assembly-Prod/App.assets.json': { files: { abc: asset('../asset.abc', 'abc.zip'), nested: asset('nested.template.json', 'nested.json') } },
      'assembly-Prod/App.template.json': { Resources: { ...template('abc.zip').Resources, Nested: nested } },
      'assembly-Prod/nested.template.json': template('abc.zip'),
    });
    const expected = { kind: 'asset', path: join(folder, 'asset.abc') };
    expect(codeIn(folder)).toEqual([expected, expected]);
  });

  test('that are named in metadata are found where the key is not known', () => {
    write({
      'asset.abc/index.js': '',
      'manifest.json': assembly({}),
      'App.template.json': template({ 'Fn::Sub': '${AWS::StackId}' }, { Metadata: { 'aws:asset:path': 'asset.abc' } }),
    });
    expect(codeIn(folder)).toEqual([{ kind: 'asset', path: join(folder, 'asset.abc') }]);
  });

  test('that are gone are named, with what to do', () => {
    write({ 'manifest.json': assembly({}), 'App.assets.json': { files: { abc: asset('asset.abc', 'abc.zip') } }, 'App.template.json': template('abc.zip') });
    expect(codeIn(folder)).toEqual([{ kind: 'elsewhere', unknown: 'its asset abc.zip is missing on this machine; synthesize the assembly again' }]);
  });

  test('are beside a template that stands alone, and below the folder of a nested one', () => {
    const local = { Resources: fn({ Code: './src' }) };
    const inner = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'sub/b.json' } };
    write({ 'a.json': { Resources: { ...local.Resources, Inner: inner } }, 'src/index.js': '', 'sub/b.json': local });
    expect(codeIn(join(folder, 'a.json'))).toEqual([
      { kind: 'asset', path: join(folder, 'src') },
      { kind: 'elsewhere', unknown: 'its asset ./src is missing on this machine; synthesize the assembly again' },
    ]);
  });

  test('named by an absolute path are where it says', () => {
    write({ 'src/index.js': '', 'manifest.json': assembly({}), 'App.assets.json': { files: { abc: asset(join(folder, 'src'), 'abc.zip') } }, 'App.template.json': template('abc.zip') });
    expect(codeIn(folder)).toEqual([{ kind: 'asset', path: join(folder, 'src') }]);
  });

  test('are not looked for where the template comes from standard input', () => {
    const set = loadTemplates('-', () => JSON.stringify({ Resources: fn({ Code: './src' }) }));
    expect(runtimeFromTemplates(set).functions[0].code).toEqual({ kind: 'elsewhere', unknown: 'its code ./src is not on this machine' });
  });
});
