import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib/core';
import { codesOf, ENV, mock, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Access, ProtectedApi, Scope, ScopedResourceServer, type IScopedResourceServer } from '../../src';
import { buildMatrix } from '../../src/analysis/matrix';
import { modelFromTemplates } from '../../src/template/read-access-model';

const ARN = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';
const ID = 'eu-west-1_AbCdEfGhI';

/** A manifest as the app that declares the server writes it, with an imported user pool. */
function manifestOf(declare: (photos: ScopedResourceServer) => void = () => {}): string {
  const stack = newStack({ env: ENV });
  const { photos } = newPhotos(stack, { identifier: 'https://photos.example.com', userPool: UserPool.fromUserPoolArn(stack, 'Users', ARN) });
  declare(photos);
  return photos.toManifest();
}

describe('a manifest', () => {
  test('holds identifier, user pool, and scopes in the order of their names', () => {
    const manifest = manifestOf((photos) => photos.addScope('admin', 'Do anything', {
      deprecated: { replacedBy: photos.scope('write'), removeAfter: '2099-01-31', reason: 'too broad' },
    }));
    expect(JSON.parse(manifest)).toEqual({
      version: 1,
      identifier: 'https://photos.example.com',
      userPoolId: ID,
      userPoolArn: ARN,
      scopes: [
        {
          name: 'admin',
          description: 'Do anything',
          deprecated: { replacedBy: 'https://photos.example.com/write', removeAfter: '2099-01-31', reason: 'too broad' },
        },
        { name: 'read', description: 'View photos' },
        { name: 'write', description: 'Change photos' },
      ],
    });
    expect(manifest.endsWith('}\n')).toBe(true);
  });

  test('leaves out what only deployment knows of the user pool', () => {
    const manifest = newPhotos(newStack()).photos.toManifest();
    expect(Object.keys(JSON.parse(manifest))).toEqual(['version', 'identifier', 'scopes']);
    expect(manifest).not.toContain('Token');
  });

  test('has the id of a user pool that was imported by id', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { userPool: UserPool.fromUserPoolId(stack, 'Users', ID) });
    expect(JSON.parse(photos.toManifest())).toMatchObject({ userPoolId: ID });
    expect(photos.toManifest()).not.toContain('Token');
  });

  test('leaves out an ARN that is none of a user pool', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { userPool: UserPool.fromUserPoolArn(stack, 'Users', ARN.replace('_', '-')) });
    expect(Object.keys(JSON.parse(photos.toManifest()))).toEqual(['version', 'identifier', 'scopes']);
  });

  test.each<[string, (photos: ScopedResourceServer, later: string) => unknown]>([
    ['a description', (photos, later) => photos.addScope('old', later)],
    ['a reason', (photos, reason) => photos.addScope('old', 'Old', { deprecated: { removeAfter: '2099-01-31', reason } })],
    ['a replacement', (photos, later) => photos.addScope('old', 'Old', {
      deprecated: { removeAfter: '2099-01-31', reason: 'renamed', replacedBy: Scope.external(`${later}/read`) },
    })],
  ])('fails with %s that is known only later', (what, declare) => {
    const { photos } = newPhotos(newStack());
    declare(photos, Lazy.string({ produce: () => 'later' }));
    expect(problemsOf(() => photos.toManifest())).toEqual([
      expect.stringMatching(new RegExp(`^\\[ManifestFormat\\] resource server "Stack/Photos" has ${what} that is known only later, got "<token>(/read)?"; `)),
    ]);
  });

  test('fails where only deployment knows the identifier', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { identifier: new CfnParameter(stack, 'Identifier').valueAsString });
    expect(codesOf(() => photos.toManifest())).toEqual(['ManifestFormat']);
  });
});

describe('a resource server of a manifest', () => {
  /** The server as the other app has it. */
  const imported = (stack: Stack, manifest = manifestOf()): IScopedResourceServer => ScopedResourceServer.fromManifest(stack, 'Photos', { manifest });

  test('protects routes of another app as one declared there, and defines no resource', () => {
    const stack = newStack();
    const photos = imported(stack);
    new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).addRoute('GET /photos', { access: Access.anyOf(photos.scope('read')), integration: mock() });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::Method', { AuthorizationScopes: ['https://photos.example.com/read'] });
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', { ProviderARNs: [ARN] });
    expect(resourcesOf(template.toJSON(), 'AWS::Cognito::UserPoolResourceServer')).toEqual({});
  });

  test('has all scopes with their descriptions and deprecations', () => {
    const { scopes, scopesKnown } = imported(newStack(), manifestOf((photos) => photos.addScope('old', 'Old', {
      deprecated: { replacedBy: photos.scope('read'), removeAfter: '2099-01-31', reason: 'renamed' },
    })));
    expect(scopesKnown).toBe(true);
    expect(scopes.map(({ name, description, deprecated }) => [name, description, deprecated?.replacedBy?.fullName])).toEqual([
      ['old', 'Old', 'https://photos.example.com/read'], ['read', 'View photos', undefined], ['write', 'Change photos', undefined],
    ]);
  });

  test('tells the matrix of deprecated scopes that this app uses', () => {
    const stack = newStack();
    const photos = imported(stack, manifestOf((server) => {
      server.addScope('old', 'Old', { deprecated: { replacedBy: server.scope('read'), removeAfter: '2099-01-31', reason: 'renamed' } });
      server.addScope('older', 'Older', { deprecated: { removeAfter: '2099-01-31', reason: 'broad' } });
    }));
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /photos', { access: Access.anyOf(photos.scope('old')), integration: mock() });
    const { notes } = buildMatrix(modelFromTemplates({ templates: [{ stack: 'Stack', template: Template.fromStack(stack).toJSON(), environment: {} }] }));
    expect(notes!.filter(({ kind }) => kind === 'deprecatedScope').map(({ note }) => note)).toEqual([
      'accepts https://photos.example.com/old, which is deprecated and may go after 2099-01-31: renamed; https://photos.example.com/read takes its place',
    ]);
  });

  test('takes the given user pool where the manifest names none', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Users', ID);
    const server = ScopedResourceServer.fromManifest(stack, 'Photos', { manifest: newPhotos(newStack()).photos.toManifest(), userPool });
    expect(server.userPool).toBe(userPool);
  });

  test('takes the given user pool where it is the one of the manifest, or may be', () => {
    const stack = newStack();
    const pools = [
      UserPool.fromUserPoolId(stack, 'Same', ID), UserPool.fromUserPoolArn(stack, 'SameToo', ARN),
      UserPool.fromUserPoolId(stack, 'Open', new CfnParameter(stack, 'PoolId').valueAsString),
    ];
    const servers = pools.map((userPool, number) => ScopedResourceServer.fromManifest(stack, `Photos${number}`, { manifest: manifestOf(), userPool }));
    expect(servers.map(({ userPool }) => userPool)).toEqual(pools);
  });

  test('fails for a scope that the manifest does not have, and names the nearest', () => {
    expect(problemsOf(() => imported(newStack()).scope('raed'))).toEqual([expect.stringMatching(/^\[ScopeUnknown\].*got "raed"; expected "read"/)]);
  });

  test('fails at synthesis for a method with a scope that the manifest does not have', () => {
    const stack = newStack();
    const api = new ProtectedApi(stack, 'Api', { resourceServers: [imported(stack)] });
    api.root.addMethod('GET', mock(), { authorizationScopes: ['https://photos.example.com/raed'] });
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['ScopeUnknown']);
  });

  test('fails where neither the manifest nor the call names a user pool', () => {
    const manifest = newPhotos(newStack()).photos.toManifest();
    expect(codesOf(() => imported(newStack(), manifest))).toEqual(['ManifestUserPool']);
  });

  test('fails where the given user pool is another one', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_Another1');
    expect(problemsOf(() => ScopedResourceServer.fromManifest(stack, 'Photos', { manifest: manifestOf(), userPool })))
      .toEqual([expect.stringMatching(/^\[ManifestUserPool\].*got "eu-west-1_Another1"; expected "eu-west-1_AbCdEfGhI"/)]);
  });

  test('fails for a manifest of a newer version', () => {
    expect(codesOf(() => imported(newStack(), manifestOf().replace('"version": 1', '"version": 2')))).toEqual(['ManifestVersion']);
  });

  test('fails for a manifest with an invalid scope, with all that is wrong', () => {
    const manifest = manifestOf().replace('"read"', '"read all"').replace('"Change photos"', '""');
    expect(codesOf(() => imported(newStack(), manifest))).toEqual(['ScopeNameCharset', 'ScopeDescriptionLength']);
  });

  test.each(['', 'photos.json', '{}'])('fails for %j, which is no manifest', (manifest) => {
    expect(codesOf(() => imported(newStack(), manifest))).toEqual([manifest === '{}' ? 'ManifestVersion' : 'ManifestFormat']);
  });

  test('may be of the app that declares the server', () => {
    const app = newApp();
    const { photos } = newPhotos(new Stack(app, 'Servers'));
    const stack = new Stack(app, 'Api');
    const again = ScopedResourceServer.fromManifest(stack, 'Photos', { manifest: photos.toManifest(), userPool: photos.userPool });
    new ProtectedApi(stack, 'Api', { resourceServers: [again] }).addRoute('GET /', { access: Access.anyOf(again.scope('read')), integration: mock() });
    expect(() => app.synth()).not.toThrow();
  });
});
