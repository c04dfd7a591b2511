import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool, type CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack, type App } from 'aws-cdk-lib/core';
import { stringify } from 'yaml';
import { codesOf, mock, newApp, newStack, problemsOf } from './harness';
import { Access, ProtectedApi, ReplacementGuard, ScopedResourceServer } from '../../src';
import { writeAccessModel } from '../../src/model/model-json';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

let folder: string;
beforeAll(() => folder = mkdtempSync(join(tmpdir(), 'guard-')));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'previous');
  writeFileSync(file, text);
  return file;
}

/** The photo service with some parts changed. */
function declare({ identifier = 'photos', secret = true, prefix = 'photo-album', name = 'Export' } = {}): Stack {
  const stack = newStack();
  const photos = new ScopedResourceServer(stack, 'Photos', { identifier, domain: { cognitoDomain: { domainPrefix: prefix } } });
  const read = photos.addScope('read', 'View photos');
  const job = photos.addMachineClient('Export', { scopes: [read], clientName: name });
  if (!secret) (job.node.findChild('Resource').node.defaultChild as CfnUserPoolClient).generateSecret = false;
  new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
  return stack;
}

const previousTemplate = () => fileWith(JSON.stringify(Template.fromStack(declare()).toJSON()));

/** Synthesizes a stack that is compared with the photo service. */
function synthesize(stack: Stack, accepted?: string[]): () => unknown {
  ReplacementGuard.check(stack, { previousTemplate: previousTemplate(), accepted });
  return () => Template.fromStack(stack);
}

const clientId = () => Object.entries<any>(Template.fromStack(declare()).toJSON().Resources).find(([, { Type }]) => Type === 'AWS::Cognito::UserPoolClient')![0];

test('a stack that is as it was, or has another display name, passes', () => {
  expect(synthesize(declare())).not.toThrow();
  expect(synthesize(declare({ name: 'Another' }))).not.toThrow();
});

test('fails for another identifier, and names the client that would break', () => {
  expect(problemsOf(synthesize(declare({ identifier: 'pictures' })))).toEqual([
    expect.stringMatching(/^\[SilentReplacement\] resource server "Photos\w+" of stack "Stack" would be replaced because of another identifier, which breaks "Export", got "pictures"; expected "photos" as it was before; undo the change, or add "Photos\w+" to accepted$/),
  ]);
});

test('fails for a secret that was taken away', () => {
  expect(problemsOf(synthesize(declare({ secret: false })))).toEqual([expect.stringContaining('another secret, which breaks "Export", got "false"; expected "true"')]);
});

test('fails for another domain prefix', () => {
  expect(problemsOf(synthesize(declare({ prefix: 'pictures' })))).toEqual([expect.stringContaining('another domain, which breaks "Export"')]);
});

test('fails with all that would be replaced at once', () => {
  expect(codesOf(synthesize(declare({ prefix: 'pictures', secret: false })))).toEqual(['SilentReplacement', 'SilentReplacement']);
});

test('a replacement that is accepted by its logical id passes', () => {
  expect(synthesize(declare({ secret: false }), [clientId()])).not.toThrow();
});

test('fails for an accepted logical id of no replacement, and names the nearest', () => {
  const [accepted, replaced] = problemsOf(synthesize(declare({ secret: false }), [`${clientId()}0`]));
  expect(accepted).toContain(`is none that would happen, got "${clientId()}0"; expected "${clientId()}"`);
  expect(replaced).toContain('another secret');
});

test('fails for an accepted logical id once its replacement is deployed', () => {
  expect(problemsOf(synthesize(declare(), [clientId()]))).toEqual([
    `[SilentReplacement] accepted replacement in stack "Stack" is none that would happen, got "${clientId()}"; `
    + 'expected none: nothing would be replaced; correct the logical id, or remove it once the replacement is deployed',
  ]);
});

test('fails for a resource server under another construct id, whose new user pool goes with it', () => {
  const declareAs = (id: string) => {
    const stack = newStack();
    const photos = new ScopedResourceServer(stack, id, { identifier: 'photos' });
    photos.addMachineClient('Export', { scopes: [photos.addScope('read', 'View photos')] });
    new Bucket(stack, 'Bucket');
    return stack;
  };
  const stack = declareAs('Pictures');
  ReplacementGuard.check(stack, { previousTemplate: fileWith(JSON.stringify(Template.fromStack(declareAs('Photos')).toJSON())) });
  const lines = problemsOf(() => Template.fromStack(stack));
  expect(lines.map((line) => /^\[SilentReplacement\] ([a-z ]+) "\w+" .* because of another ([\w ]+), which breaks "Export"/.exec(line)?.slice(1))).toEqual([
    ['user pool', 'logical id'], ['resource server', 'logical id'], ['resource server', 'userPool'], ['client', 'logical id'], ['client', 'userPool'],
  ]);
});

test.each([
  ['nothing', { Resources: {} }],
  ['another stack', { Resources: { Other: { Type: 'AWS::S3::Bucket' } } }],
])('fails for a previous template that holds %s', (_, template) => {
  const stack = declare();
  ReplacementGuard.check(stack, { previousTemplate: fileWith(JSON.stringify(template)) });
  expect(codesOf(() => Template.fromStack(stack))).toEqual(['ReplacementGuardInput']);
});

test.each([
  ['is neither JSON nor YAML', 'a: [', 'InputSyntax'], ['is empty', '', 'InputEmpty'], ['is null', 'null', 'InputNotTemplate'],
  ['has no resources', '{}', 'InputNotTemplate'], ['has a list of resources', '{"Resources":[]}', 'InputNotTemplate'],
])('fails at once for a previous template that %s', (_, text, code) => {
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: fileWith(text) }))).toEqual([code]);
});

test('fails at once for a previous template that does not exist or is a folder', () => {
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: join(folder, 'missing.json') }))).toEqual(['InputNotFound']);
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: folder }))).toEqual(['InputUnreadable']);
});

test('the previous template may be YAML', () => {
  const yaml = stringify(JSON.parse(readFileSync(previousTemplate(), 'utf8')));
  const check = (stack: Stack) => {
    ReplacementGuard.check(stack, { previousTemplate: fileWith(yaml) });
    return () => Template.fromStack(stack);
  };
  expect(check(declare())).not.toThrow();
  expect(codesOf(check(declare({ identifier: 'pictures' })))).toEqual(['SilentReplacement']);
});

describe('a previous model', () => {
  /** An app with the user pool in one stack and the photo service, twice, in others. */
  function declareApp({ pool = 'Users', identifier = 'photos' } = {}) {
    const app = newApp();
    const platform = new Stack(app, 'Platform');
    const users = { Users: new UserPool(platform, 'Users'), Others: new UserPool(platform, 'Others') };
    const [service, other] = ['Service', 'Other'].map((name) => {
      const stack = new Stack(app, name);
      const photos = new ScopedResourceServer(stack, 'Photos', { identifier: `${name}-${identifier}`, userPool: users[pool as keyof typeof users] });
      photos.addMachineClient('Export', { scopes: [photos.addScope('read', 'View photos')] });
      return stack;
    });
    return { app, service, other };
  }
  const modelOf = (app: App) => fileWith(writeAccessModel(modelFromTemplates(loadTemplates(app.synth().directory))));

  function guarded(before: App, { app, service }: ReturnType<typeof declareApp>, accepted?: string[]) {
    ReplacementGuard.check(service, { previousModel: modelOf(before), accepted });
    return () => app.synth();
  }

  test('passes an app that is as it was', () => {
    expect(guarded(declareApp().app, declareApp())).not.toThrow();
  });

  test('says with certainty that the user pool of another stack is another one, for the stack that is guarded alone', () => {
    const lines = problemsOf(guarded(declareApp().app, declareApp({ pool: 'Others' })));
    expect(lines).toEqual([
      expect.stringMatching(/^\[SilentReplacement\] resource server "Photos\w+" of stack "Service" would be replaced because of another userPool, which breaks "Export"/),
      expect.stringMatching(/^\[SilentReplacement\] client "Photos\w+" of stack "Service" would be replaced because of another userPool/),
    ]);
  });

  test('takes accepted logical ids of that stack', () => {
    const id = /"(Photos\w+)" of stack/.exec(problemsOf(guarded(declareApp().app, declareApp({ identifier: 'pictures' })))[0])![1];
    expect(guarded(declareApp().app, declareApp({ identifier: 'pictures' }), [id])).not.toThrow();
    expect(problemsOf(guarded(declareApp().app, declareApp({ identifier: 'pictures' }), [`${id}0`]))[0]).toContain(`expected "${id}"`);
  });

  test('fails for a model that holds nothing of the stack', () => {
    const other = newApp();
    new ScopedResourceServer(new Stack(other, 'Elsewhere'), 'Photos', { identifier: 'photos' });
    expect(codesOf(guarded(other, declareApp()))).toEqual(['ReplacementGuardInput']);
  });

  test.each([['{', 'ModelFormat'], ['{}', 'ModelVersion'], ['{"version":1}', 'ModelFormat']])('fails at once for %s', (text, code) => {
    expect(new Set(codesOf(() => ReplacementGuard.check(newStack(), { previousModel: fileWith(text) })))).toEqual(new Set([code]));
  });
});

test.each([
  ['nothing', {}, 'has nothing to compare with'],
  ['both', { previousTemplate: 'a', previousModel: 'b' }, 'has two things to compare with'],
])('fails at once for %s to compare with', (_, options, wrong) => {
  expect(problemsOf(() => ReplacementGuard.check(newStack(), options))).toEqual([
    `[ReplacementGuardInput] replacement guard ${wrong}; expected previousTemplate or previousModel; pass one of them`,
  ]);
});
