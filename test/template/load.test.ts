import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../src/model/problem';
import type { ProblemCode } from '../../src/model/problem-codes';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

/** Milliseconds: far more than a busy machine needs to refuse an input. */
const AT_MOST = 30_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files below the folder of the test and gives the path of the first. */
function write(files: { readonly [name: string]: string | object }): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return join(folder, Object.keys(files)[0]);
}

function problemOf(load: () => unknown): { code: ProblemCode; message: string } {
  try {
    load();
  } catch (error) {
    if (error instanceof ProblemError) return { code: error.problems[0].code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

const POOL = { Type: 'AWS::Cognito::UserPool' };
const TEMPLATE = { Resources: { Pool: POOL } };
const template = (text: string) => loadTemplates('-', () => text).templates[0].template;

describe('one template', () => {
  test('a file is named without its extension', () => {
    expect(loadTemplates(write({ 'photo.template.json': TEMPLATE })).templates)
      .toEqual([{ stack: 'photo.template', template: TEMPLATE, environment: {} }]);
  });

  test('standard input is named stdin', () => {
    expect(loadTemplates('-', () => JSON.stringify(TEMPLATE)).templates[0]).toMatchObject({ stack: 'stdin', template: TEMPLATE });
  });

  test('JSON and YAML are told apart by their content, whatever the extension', () => {
    expect(loadTemplates(write({ 'a.json': 'Resources: {}' })).templates[0].template).toEqual({ Resources: {} });
    expect(loadTemplates(write({ 'b.yaml': '\uFEFF {"Resources": {}}' })).templates[0].template).toEqual({ Resources: {} });
  });

  test('nested templates that cannot be read leave the stack that names them', () => {
    const nested = (TemplateURL: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } });
    const resources = { Folder: nested('sub'), Words: nested('words.txt'), Other: nested('other.json'), Absent: nested('absent.json') };
    const path = write({ 'a.json': { Resources: resources }, 'sub/b.json': {}, 'words.txt': 'hello world', 'other.json': { name: 'package' } });
    const set = loadTemplates(path);
    expect(set.templates.map(({ stack }) => stack)).toEqual(['a']);
    expect(modelFromTemplates(set).notRead).toEqual([
      { subject: 'a/Absent', reason: 'the template of the nested stack is not at hand' },
      { subject: 'a/Folder', reason: 'the template of the nested stack is neither a file nor a folder' },
      { subject: 'a/Other', reason: 'the template of the nested stack has no Resources' },
      { subject: 'a/Words', reason: 'the template of the nested stack is no template' },
    ]);
  });

  test('nested templates of relative paths are read too', () => {
    const nested = (url: string) => ({ Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } } });
    const path = write({ 'a.json': nested('sub/b.json'), 'sub/b.json': nested('./c.json'), 'sub/c.json': nested('https://example.com/d.json') });
    expect(loadTemplates(path).templates.map(({ stack, nestedIn }) => [stack, nestedIn?.stack])).toEqual([
      ['a', undefined], ['a/Inner', 'a'], ['a/Inner/Inner', 'a/Inner'],
    ]);
  });
});

describe('short forms of YAML', () => {
  test.each<[string, unknown]>([
    ['!Ref Pool', { Ref: 'Pool' }],
    ['!Condition IsLive', { Condition: 'IsLive' }],
    ['!GetAtt Pool.Arn', { 'Fn::GetAtt': ['Pool', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Pool', { 'Fn::GetAtt': ['Nested', 'Outputs.Pool'] }],
    ['!GetAtt [Pool, !Ref Name]', { 'Fn::GetAtt': ['Pool', { Ref: 'Name' }] }],
    ['!Sub a-${B}', { 'Fn::Sub': 'a-${B}' }],
    ['!Sub ["a-${B}", { B: !Ref C }]', { 'Fn::Sub': ['a-${B}', { B: { Ref: 'C' } }] }],
    ['!Join [/, [a, !Ref B]]', { 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !Split [",", a]]', { 'Fn::Select': [0, { 'Fn::Split': [',', 'a'] }] }],
    ['!If [A, !Ref B, !Ref "AWS::NoValue"]', { 'Fn::If': ['A', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }],
    ['!Not [!Equals [a, b]]', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
    ['!And [!Or [!Condition A]]', { 'Fn::And': [{ 'Fn::Or': [{ Condition: 'A' }] }] }],
    ['!FindInMap [A, B, C]', { 'Fn::FindInMap': ['A', 'B', 'C'] }],
    ['!ImportValue { "Fn::Sub": "${A}-b" }', { 'Fn::ImportValue': { 'Fn::Sub': '${A}-b' } }],
    ['!Base64 a', { 'Fn::Base64': 'a' }],
    ['!Cidr [a, 1]', { 'Fn::Cidr': ['a', 1] }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!Transform { Name: AWS::Include }', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['!ToJsonString { a: 1 }', { 'Fn::ToJsonString': { a: 1 } }],
    ['2012-10-17', '2012-10-17'],
    ['!!str 12', '12'],
    ['{ 012345678901: a }', { '012345678901': 'a' }],
  ])('%s', (text, expected) => {
    expect(template(`Resources:\n  X: ${text}\n`)).toEqual({ Resources: { X: expected } });
  });

  test('aliases stand for the value of their anchor', () => {
    expect(template('Resources:\n  A: &a { b: !Ref C }\n  D: *a\n')).toEqual({ Resources: { A: { b: { Ref: 'C' } }, D: { b: { Ref: 'C' } } } });
  });
});

describe('cloud assemblies', () => {
  const stack = (templateFile: string, more: object = {}) => ({
    type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile }, ...more,
  });
  const assets = (files: { readonly [key: string]: string }) => ({
    files: Object.fromEntries(Object.entries(files).map(([key, path], index) => [`asset${index}`, {
      source: { path, packaging: 'file' }, destinations: { here: { bucketName: 'assets', objectKey: key } },
    }])),
  });

  test('stacks of stages carry their path, their name and their environment', () => {
    write({
      'manifest.json': {
        artifacts: {
          'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
          'Plain': stack('Plain.json'),
        },
      },
      'Plain.json': TEMPLATE,
      'assembly-Prod/manifest.json': {
        artifacts: {
          ProdAuth123: stack('Auth.json', {
            environment: 'aws://111122223333/eu-west-1', displayName: 'Prod/Auth', properties: { templateFile: 'Auth.json', stackName: 'Prod-Auth' },
          }),
        },
      },
      'assembly-Prod/Auth.json': TEMPLATE,
    });
    expect(loadTemplates(folder).templates).toEqual([
      { stack: 'Prod/Auth', stackName: 'Prod-Auth', environment: { account: '111122223333', region: 'eu-west-1' }, template: TEMPLATE },
      { stack: 'Plain', stackName: 'Plain', environment: {}, template: TEMPLATE },
    ]);
  });

  test('parameters that the manifest gives a value win over their defaults', () => {
    const withParameters = {
      Parameters: { Stage: { Type: 'String', Default: 'beta' }, Region: { Type: 'String' }, Odd: { Type: 'String', Default: 'default' } },
      Resources: {
        Server: {
          Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: 'eu-west-1_a', Identifier: { 'Fn::Sub': '${Stage}-${Region}-${Odd}' } },
        },
      },
    };
    const parameters = { Stage: 'prod', Region: 'west', Odd: { Ref: 'Stage' } };
    write({ 'manifest.json': { artifacts: { App: stack('App.json', { properties: { templateFile: 'App.json', parameters } }) } }, 'App.json': withParameters });
    expect(modelFromTemplates(loadTemplates(folder)).resourceServers[0].identifier).toBe('prod-west-default');
  });

  test('a folder with a cdk.out is its cloud assembly', () => {
    cpSync(join(__dirname, '..', 'fixtures', 'l2-two-stacks'), join(folder, 'cdk.out'), { recursive: true });
    expect(loadTemplates(folder).templates.map((each) => each.stack)).toEqual(['Identity', 'Api']);
  });

  test('a stack without resources, nested or not, is one with nothing in it', () => {
    const empty = { Parameters: { BootstrapVersion: { Type: 'String' } } };
    write({
      'manifest.json': { artifacts: { App: stack('App.json'), Empty: stack('Empty.json') } },
      'App.json': {
        Resources: { Pool: POOL, Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' }, Metadata: { 'aws:asset:path': 'none.json' } } },
      },
      'Empty.json': empty,
      'none.json': {},
    });
    const set = loadTemplates(folder);
    expect(set.templates.map((each) => [each.stack, each.template])).toEqual([
      ['App', expect.anything()], ['App/Inner', { Resources: {} }], ['Empty', { ...empty, Resources: {} }],
    ]);
    expect(modelFromTemplates(set).userPools.map(({ id }) => id)).toEqual(['App/Pool']);
  });

  test('stacks of one name are told apart', () => {
    write({
      'manifest.json': { artifacts: { A: stack('A.json', { displayName: 'Same' }), B: stack('A.json', { displayName: 'Same' }) } },
      'A.json': TEMPLATE,
    });
    expect(loadTemplates(folder).templates.map((each) => each.stack)).toEqual(['Same', 'B']);
  });

  test('nested stacks are found by their asset, and documents too', () => {
    const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '/assets-', { Ref: 'AWS::AccountId' }, '/abc.json']] };
    write({
      'manifest.json': {
        artifacts: {
          'App': stack('App.json'),
          'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
        },
      },
      'App.assets.json': assets({ 'abc.json': 'inner.json', 'def.yaml': 'api.yaml' }),
      'App.json': {
        Resources: {
          Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } },
          ByPath: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' }, Metadata: { 'aws:asset:path': 'inner.json' } },
          Elsewhere: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/x.json' } },
          Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'assets', Key: 'def.yaml' } } },
        },
      },
      'inner.json': TEMPLATE,
      'api.yaml': 'openapi: 3.0.1\npaths:\n  /photos:\n    get: {}\n',
    });
    const set = loadTemplates(folder);
    expect(set.templates.map((each) => each.stack)).toEqual(['App', 'App/Inner', 'App/ByPath']);
    const model = modelFromTemplates(set);
    expect(model.userPools.map(({ id }) => id)).toEqual(['App/ByPath/Pool', 'App/Inner/Pool']);
    expect(model.methods).toMatchObject([{ id: 'App/Api GET /photos', verb: 'GET', path: '/photos', access: { kind: 'public' } }]);

    write({ 'api.yaml': 'paths: [' });
    expect(modelFromTemplates(loadTemplates(folder)).methods).toMatchObject([{ id: 'App/Api Body', access: { kind: 'unknown' } }]);
  });

  test.each<[string, object, ProblemCode]>([
    ['no artifacts', {}, 'InputNotAssembly'],
    ['no stacks', { artifacts: {} }, 'InputNotAssembly'],
    ['a stack without a template', { artifacts: { A: { type: 'aws:cloudformation:stack' } } }, 'InputNotAssembly'],
    ['a template that is missing', { artifacts: { A: stack('A.json') } }, 'InputNotFound'],
    ['a template whose resources are a list', { artifacts: { A: stack('List.json') } }, 'InputNotTemplate'],
  ])('fails on a manifest with %s', (_, manifest, code) => {
    write({ 'manifest.json': manifest, 'List.json': { Resources: [] } });
    expect(problemOf(() => loadTemplates(folder)).code).toBe(code);
  });
});

describe('bad input', () => {
  test.each<[string, string | object, ProblemCode, string]>([
    ['an empty file', '', 'InputEmpty', 'is empty'],
    ['white space', ' \n\t\n', 'InputEmpty', 'is empty'],
    ['broken JSON', '{\n "Resources": {\n  "A": }\n}', 'InputSyntax', 'line 3'],
    ['JSON with a comma too many', '{"Resources": {}\n,}', 'InputSyntax', 'line 2'],
    ['JSON that goes on', '{}\n{}', 'InputSyntax', 'line 2'],
    ['cut JSON', '{"Resources": {', 'InputSyntax', 'line 1'],
    ['broken YAML', 'Resources:\n  A: [1, 2\n  B: 3\n', 'InputSyntax', 'line'],
    ['a key that is written twice', 'Resources:\n  A: 1\n  A: 2\n', 'InputSyntax', 'line 3'],
    ['a key of JSON that is written twice', '{"Resources": {\n "A": [{"b": 1}, {"b": "\\""}],\n "\\u0041": 2\n}}', 'InputSyntax', 'has the key A twice at line 3'],
    ['a second YAML document', 'Resources: {}\n---\nResources: {}\n', 'InputSyntax', 'a second document'],
    ['a list that is not closed', `${'a: [\n'.repeat(3)}`, 'InputSyntax', 'line 2, got "a list or map in brackets that is not closed"'],
    ['JSON that is nested too deep', `${'['.repeat(1_001)}`, 'InputSyntax', 'is nested too deep at line 1; expected at most 1000 levels'],
    ['lists of YAML that are nested too deep', `a: ${'['.repeat(5_000)}`, 'InputSyntax', 'got "more than 200 levels"'],
    ['compact lists that are nested too deep', '- '.repeat(5_000), 'InputSyntax', 'got "more than 200 levels"'],
    ['keys that are nested too deep', '? '.repeat(5_000), 'InputSyntax', 'got "more than 200 levels"'],
    ['many tags of a value', `Resources: ${'!x '.repeat(5)}{}`, 'InputSyntax', 'more than one tag or anchor'],
    ['many anchors of a value', `Resources: ${'&x '.repeat(5)}{}`, 'InputSyntax', 'more than one tag or anchor'],
    ['bytes that are no text', 'Resources:\0\0', 'InputSyntax', 'is no text'],
    ['an alias without an anchor', 'Resources: *nowhere', 'InputSyntax', 'nowhere'],
    ['plain words', 'hello world', 'InputNotTemplate', 'a string'],
    ['a number', '42', 'InputNotTemplate', 'a number'],
    ['a list', [], 'InputNotTemplate', 'a list'],
    ['null', 'null', 'InputNotTemplate', 'null'],
    ['another object', { name: 'package' }, 'InputNotTemplate', 'has no Resources'],
    ['resources that are a list', { Resources: [] }, 'InputNotTemplate', 'no object'],
    ['an anchor inside itself', 'Resources:\n  A: &a { b: *a }\n', 'TemplateCircular', '*a'],
    ['a template that needs SAM', { Transform: 'AWS::Serverless-2016-10-31', Resources: { Api: { Type: 'AWS::Serverless::Api' } } },
      'TemplateNeedsSam', 'aws cloudformation get-template --template-stage Processed'],
    ['a template with SAM among its transforms', 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nResources: { F: { Type: AWS::Serverless::Function } }',
      'TemplateNeedsSam', 'resource F'],
  ])('fails on %s', (_, content, code, text) => {
    const problem = problemOf(() => loadTemplates(write({ input: content })));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(text);
    expect(problem.message).toMatch(/^\[\w+\] .+; expected .+; .+[^.]$/);
    expect(problem.message).not.toContain('\n');
  });

  test('keys of one name in several objects, and texts with the marks of JSON, are no obstacle', () => {
    const text = '{"Resources": {"A": {"b": "x:{[\\\\", "c": 1}, "B": [{"b": "\\":\\"", "c": 1}], "__proto__": {"b": 1}}}';
    expect(template(text)).toEqual(JSON.parse(text));
    expect(template(`{"Resources": {"A": ${'['.repeat(990)}${']'.repeat(990)}}}`)).toBeDefined();
  });

  test('what is deep but not too deep, and an empty document at the end, are no obstacle', () => {
    expect(template(`Resources:\n  A: ${'['.repeat(150)}${']'.repeat(150)}\n---\n`)).toBeDefined();
    expect(template('Resources: {}\n...\n')).toEqual({ Resources: {} });
    expect(template('&a\nResources: &b\n  &c !!str Key: &d !Ref Pool\n')).toBeDefined();
  });

  test('a SAM transform without SAM resources is no obstacle', () => {
    expect(template(JSON.stringify({ Transform: 'AWS::Serverless-2016-10-31', Resources: { Pool: POOL } }))).toMatchObject({ Resources: {} });
  });

  test('fails on a path that does not exist', () => {
    expect(problemOf(() => loadTemplates(join(folder, 'nope'))).code).toBe('InputNotFound');
  });

  test('fails on a folder that is no cloud assembly', () => {
    expect(problemOf(() => loadTemplates(folder)).code).toBe('InputNotAssembly');
  });

  test('fails on a device instead of reading it for ever', () => {
    expect(problemOf(() => loadTemplates('/dev/zero')).code).toBe('InputUnreadable');
  });

  test('fails on 50 MB of garbage without reading them', () => {
    const path = write({ garbage: 'x' });
    truncateSync(path, 50 * 1024 * 1024);
    const start = performance.now();
    expect(problemOf(() => loadTemplates(path)).code).toBe('InputTooLarge');
    expect(performance.now() - start).toBeLessThan(AT_MOST);
  });

  test('fails on 10 MB of words without parsing them', () => {
    const start = performance.now();
    expect(problemOf(() => loadTemplates('-', () => 'word: [value\n'.repeat(800_000))).code).toBe('InputTooLarge');
    expect(performance.now() - start).toBeLessThan(AT_MOST);
  });

  test('counts bytes, not characters', () => {
    const letters = (megabytes: number) => 'é'.repeat(megabytes * 1024 * 512);
    const resources = (text: string) => `{"Resources": {"X": "${text}"}}`;
    expect(problemOf(() => loadTemplates('-', () => resources(letters(20)))).message).toMatch(/got 209715\d\d bytes/);
    expect(template(resources(letters(19)))).toBeDefined();
    expect(problemOf(() => loadTemplates('-', () => `Resources: # ${letters(2)}\n  {}`)).message).toMatch(/got 20971\d\d bytes; expected at most 2097152 bytes of YAML/);
  });

  test('fails at the first of many errors', () => {
    const { code, message } = problemOf(() => loadTemplates('-', () => `Resources: {}\n${'- x: y\n'.repeat(100_000)}`));
    expect([code, message]).toEqual(['InputSyntax', expect.stringContaining('line 2')]);
  });

  test('fails on aliases that multiply', () => {
    const lines = ['Resources:', '  a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level <= 9; level++) lines.push(`  a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(', ')}]`);
    expect(problemOf(() => loadTemplates('-', () => lines.join('\n'))).code).toBe('InputTooLarge');
  });

  test('fails on a nested template that holds itself', () => {
    const self = { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './a.json' } } } };
    expect(problemOf(() => loadTemplates(write({ 'a.json': self }))).message).toContain('a.json -> ');
  });
});

test('the YAML parser is not loaded for JSON', () => {
  jest.isolateModules(() => {
    jest.doMock('yaml', () => {
      throw new Error('loaded');
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { loadTemplates: load } = require('../../src/template/load') as { loadTemplates: typeof loadTemplates };
    expect(load('-', () => JSON.stringify(TEMPLATE)).templates).toHaveLength(1);
    expect(() => load('-', () => 'Resources: {}')).toThrow('loaded');
  });
});

test('only one file of the folder reads files', () => {
  const text = readFileSync(join(__dirname, '../../src/template/assembly.ts'), 'utf8');
  expect(text).not.toContain('node:');
});
