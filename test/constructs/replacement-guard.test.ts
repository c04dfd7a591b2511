import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Stack } from 'aws-cdk-lib/core';
import { codesOf, mock, newStack, problemsOf } from './harness';
import { Access, ProtectedApi, ReplacementGuard, ScopedResourceServer } from '../../src';

let folder: string;
beforeAll(() => folder = mkdtempSync(join(tmpdir(), 'guard-')));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'previous.json');
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
    expect.stringMatching(/^\[SilentReplacement\] resource server "Photos\w+" of stack "Stack" would be replaced because of another identifier, which breaks "Export", got "pictures"; expected "photos" as in the previous template; undo the change, or add "Photos\w+" to accepted$/),
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

test('fails for an accepted logical id that the previous template does not have, and names the nearest', () => {
  expect(problemsOf(synthesize(declare(), [`${clientId()}0`]))).toEqual([expect.stringContaining(`expected "${clientId()}"`)]);
});

test.each([
  ['is no JSON', 'Resources: {}', 'InputSyntax'], ['is empty', '', 'InputSyntax'], ['is null', 'null', 'InputNotTemplate'],
  ['has no resources', '{}', 'InputNotTemplate'], ['has a list of resources', '{"Resources":[]}', 'InputNotTemplate'],
])('fails at once for a previous template that %s', (_, text, code) => {
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: fileWith(text) }))).toEqual([code]);
});

test('fails at once for a previous template that does not exist or is a folder', () => {
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: join(folder, 'missing.json') }))).toEqual(['InputNotFound']);
  expect(codesOf(() => ReplacementGuard.check(newStack(), { previousTemplate: folder }))).toEqual(['InputUnreadable']);
});
