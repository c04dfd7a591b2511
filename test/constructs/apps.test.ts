import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { codesOf, ENV, mock, newApp, newFunction, resourcesOf } from './harness';
import { Access, ProtectedApi, ScopedResourceServer, MachineClient } from '../../src';

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const callbackUrls = ['https://album.example.com/cb'];

interface Parts {
  readonly scopes: string[];
  readonly clients: string[];
  readonly routes: string[];
}

const PARTS: Parts = {
  scopes: ['read', 'write', 'admin'], clients: ['Export', 'Album', 'Phone'], routes: ['GET /photos', 'POST /photos', 'GET /photos/{id}', 'GET /health', 'GET /me'],
};

/** The usual app: a resource server, its clients and an API with handlers. */
function declare(scope: Construct, parts: Parts = PARTS): ScopedResourceServer {
  const photos = new ScopedResourceServer(scope, 'Photos', { identifier: 'https://photos.example.com' });
  const scopes = parts.scopes.map((name) => photos.addScope(name, `May ${name}`));
  for (const id of parts.clients) {
    if (id === 'Export') photos.addMachineClient(id, { scopes: [photos.scope('read')] });
    else photos.addSpaClient(id, { scopes, callbackUrls });
  }
  const api = new ProtectedApi(scope, 'Api', { resourceServers: [photos], defaultCorsPreflightOptions: { allowOrigins: ['https://album.example.com'] } });
  const handler = newFunction(scope);
  for (const route of parts.routes) {
    const access = route.includes('health') ? Access.public('probe') : route.includes('me') ? Access.idToken() : Access.anyOf(photos.scope('read'));
    api.addRoute(route, { access, handler });
  }
  return photos;
}

/** Logical ids with their types; a deployment's id follows its content, so only its type counts. */
function idsOf(parts: Parts): string[] {
  const stack = new Stack(newApp(), 'Stack');
  declare(stack, parts);
  const { Resources } = Template.fromStack(stack).toJSON();
  return Object.entries<any>(Resources).map(([id, { Type }]) => (Type === DEPLOYMENT ? Type : id)).sort();
}

/** What one list has more than another. */
const added = (more: string[], less: string[]) => more.filter((id) => !less.includes(id));

/** All files of a cloud assembly. */
function assemblyOf(build: (app: App) => void): { [file: string]: string } {
  const app = newApp();
  build(app);
  const { directory } = app.synth();
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => /\.json$/.test(file));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}

describe('synthesis is deterministic', () => {
  test('twice gives equal bytes', () => {
    const templates = [1, 2].map(() => assemblyOf((app) => {
      declare(new Stack(app, 'Agnostic'));
      declare(new Stack(new Stage(app, 'Stage', { env: ENV }), 'Fixed'));
    })).map((files) => Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith('template.json'))));
    expect(Object.keys(templates[0])).toHaveLength(2);
    expect(templates[0]).toEqual(templates[1]);
  });

  test('any order of declarations gives the same logical ids', () => {
    const reversed = { scopes: [...PARTS.scopes].reverse(), clients: [...PARTS.clients].reverse(), routes: [...PARTS.routes].reverse() };
    expect(idsOf(reversed)).toEqual(idsOf(PARTS));
  });

  test('another scope changes no logical id', () => {
    expect(idsOf({ ...PARTS, scopes: ['new', ...PARTS.scopes] })).toEqual(idsOf(PARTS));
  });

  test('another client adds its own logical id and changes no other', () => {
    const more = idsOf({ ...PARTS, clients: ['New', ...PARTS.clients] });
    expect(added(idsOf(PARTS), more)).toEqual([]);
    expect(added(more, idsOf(PARTS))).toEqual([expect.stringMatching(/^PhotosClientsNew[0-9A-F]{8}$/)]);
  });

  test('another route adds its own logical ids and changes no other', () => {
    const more = idsOf({ ...PARTS, routes: ['GET /new', ...PARTS.routes] });
    expect(added(idsOf(PARTS), more)).toEqual([]);
    expect(added(more, idsOf(PARTS))).toEqual(['Apinew', 'ApinewGET', 'ApinewOPTIONS'].map((id) => expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`))));
  });

  test('another display name changes no logical id', () => {
    const idsWith = (name: string) => {
      const stack = new Stack(newApp(), 'Stack');
      const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos', resourceServerName: name });
      photos.addMachineClient('Job', { scopes: [photos.addScope('read', name)], clientName: name });
      return Object.keys(Template.fromStack(stack).toJSON().Resources);
    };
    expect(idsWith('One')).toEqual(idsWith('Two'));
  });

  test('another resource server on the API changes the authorizer of no route with scopes', () => {
    const authorizerOf = (others: string[]) => {
      const stack = new Stack(newApp(), 'Stack');
      const servers = ['Photos', ...others].map((id) => new ScopedResourceServer(stack, id, { identifier: id }));
      const api = new ProtectedApi(stack, 'Api', { resourceServers: servers });
      api.addRoute('GET /photos', { access: Access.anyOf(servers[0].addScope('read', 'Read')), integration: mock() });
      return Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), 'AWS::ApiGateway::Authorizer'));
    };
    expect(authorizerOf(['Orders', 'Albums'])).toEqual(authorizerOf([]));
  });

  test('the same routes give the same deployment, another access gives another', () => {
    const deploymentOf = (access: (photos: ScopedResourceServer) => Access) => {
      const stack = new Stack(newApp(), 'Stack');
      const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
      photos.addScope('read', 'Read');
      photos.addScope('write', 'Write');
      new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).addRoute('GET /a', { access: access(photos), integration: mock() });
      return Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), DEPLOYMENT))[0];
    };
    const read = deploymentOf((photos) => Access.anyOf(photos.scope('read')));
    expect(deploymentOf((photos) => Access.anyOf(photos.scope('read')))).toBe(read);
    const others = [
      deploymentOf((photos) => Access.anyOf(photos.scope('write'))), deploymentOf(() => Access.idToken()), deploymentOf(() => Access.iam()),
      deploymentOf(() => Access.public('probe')),
    ];
    expect(new Set([read, ...others]).size).toBe(5);
  });
});

describe('an app', () => {
  const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as { [flag: string]: unknown };

  test.each([['without flags', {}], ['with the flags of cdk init', flags]])('%s synthesizes in a fixed environment, without one, in a stage and in a nested stack', (_, context) => {
    const app = newApp({ context });
    const stacks = [new Stack(app, 'Fixed', { env: ENV }), new Stack(app, 'Agnostic'), new Stack(new Stage(app, 'Stage'), 'Inner')];
    stacks.forEach((stack) => declare(stack));
    const nested = new NestedStack(new Stack(app, 'Outer'), 'Nested');
    declare(nested);
    for (const stack of [...stacks, nested]) {
      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::Cognito::UserPoolClient', 3);
      template.resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
      template.resourceCountIs('AWS::ApiGateway::Authorizer', 1);
      template.resourceCountIs('AWS::Lambda::Permission', 1);
      template.resourceCountIs(DEPLOYMENT, 1);
    }
  });

  test('has the same names and ids in a stage', () => {
    const partsOf = (scope: Construct) => {
      const stack = new Stack(scope, 'Stack');
      declare(stack);
      const { Resources: resources } = Template.fromStack(stack).toJSON();
      return {
        // The CDK gives deployments and permissions other ids in a stage.
        ids: Object.keys(resources).filter((id) => !/^ApiDeployment|ApiPermission/.test(id)),
        authorizers: Object.values(resourcesOf({ Resources: resources }, 'AWS::ApiGateway::Authorizer')).map(({ Properties }) => Properties.Name),
      };
    };
    const plain = partsOf(newApp());
    expect(plain.authorizers).toEqual(['Photos-UserPool']);
    expect(partsOf(new Stage(newApp(), 'Prod')).authorizers).toEqual(plain.authorizers);
    expect(partsOf(new Stage(newApp(), 'Prod')).ids).toEqual(plain.ids);
  });

  test('has its checks in a stage too', () => {
    const app = newApp();
    const stack = new Stack(new Stage(app, 'Stage'), 'Stack');
    new ProtectedApi(stack, 'Api').root.addMethod('GET', mock());
    expect(codesOf(() => app.synth())).toEqual(['RouteAccessMissing']);
  });

  test('may have the resource server, its clients and its API in three stacks, ordered by the server', () => {
    const app = newApp();
    const [servers, clients, apis] = ['Servers', 'Clients', 'Apis'].map((id) => new Stack(app, id));
    const photos = new ScopedResourceServer(servers, 'Photos', { identifier: 'photos' });
    const read = photos.addScope('read', 'Read');
    new MachineClient(clients, 'Job', { userPool: photos.userPool, scopes: [read] });
    const api = new ProtectedApi(apis, 'Api', { resourceServers: [photos] });
    api.addRoute('GET /photos', { access: Access.anyOf(read), integration: mock() });
    const template = Template.fromStack(apis);
    template.hasResourceProperties('AWS::ApiGateway::Method', { AuthorizationScopes: ['photos/read'] });
    expect(clients.dependencies).toEqual([servers]);
    expect(apis.dependencies).toEqual([servers]);
    expect(Object.values<any>(Template.fromStack(servers).toJSON().Outputs).map(({ Value }) => JSON.stringify(Value)).filter((value) => /read|photos\//.test(value))).toEqual([]);
  });

  test('fails where stacks would wait for each other in a circle', () => {
    const app = newApp();
    const [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
    const pools = new ScopedResourceServer(a, 'Pools', { identifier: 'pools' });
    const photos = new ScopedResourceServer(b, 'Photos', { identifier: 'photos', userPool: pools.userPool });
    pools.addMachineClient('Job', { scopes: [photos.addScope('read', 'Read')] });
    expect(() => app.synth()).toThrow(/cyclic/i);
  });
});
