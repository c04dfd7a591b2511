import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccessProbe } from './access-probe';
import { answering, Checks } from './checks';
import { Access, MachineClient, ProtectedApi, Scope, ScopedResourceServer, SpaClient } from 'cdk-protected-api';

/** The resource server, the clients and the API each have a stack. Scopes are literals in all of them. */
const app = new App();
const identity = new Stack(app, 'StacksIdentityInteg');
const photos = new ScopedResourceServer(identity, 'Photos', { identifier: 'https://photos.example.com', removalPolicy: RemovalPolicy.DESTROY });
const read = photos.addScope('photos.read', 'View photos');
const write = photos.addScope('photos.write', 'Change photos');
const { userPool } = photos;

const clients = new Stack(app, 'StacksClientsInteg');
const nightly = new MachineClient(clients, 'Nightly', { userPool, scopes: [read] });
const editor = new MachineClient(clients, 'Editor', { userPool, scopes: [read, write] });
const album = new SpaClient(clients, 'Album', { userPool, scopes: [Scope.OPENID, read], callbackUrls: ['https://album.example.com/signed-in'] });

const apis = new Stack(app, 'StacksApiInteg');
const api = new ProtectedApi(apis, 'Api', { restApiName: 'integ-stacks', resourceServers: [photos] });
const list = api.addRoute('GET /photos', { access: Access.anyOf(read), ...answering() });
const add = api.addRoute('POST /photos', { access: Access.anyOf(write), ...answering() });
api.addRoute('GET /health', { access: Access.public('probe of the integration test'), ...answering() });

/** An application that knows the scopes from the manifest, and the user pool by its ARN. */
const prints = new Stack(app, 'StacksPrintsInteg');
const known = ScopedResourceServer.fromManifest(prints, 'Photos', {
  manifest: photos.toManifest(), userPool: UserPool.fromUserPoolArn(prints, 'Users', userPool.userPoolArn),
});
const printsApi = new ProtectedApi(prints, 'Api', { restApiName: 'integ-stacks-prints', resourceServers: [known] });
const order = printsApi.addRoute('POST /prints', { access: Access.anyOf(known.scope('photos.read')), ...answering() });

const { tokenUrl } = photos;
const probe = new AccessProbe(app, 'StacksProbeInteg', {
  clients: { Nightly: { client: nightly, tokenUrl }, Editor: { client: editor, tokenUrl } },
  routes: [[api, 'GET /photos', 'POST /photos'], [printsApi, 'POST /prints']],
  open: [api, 'GET /health'],
});

const [readName, writeName] = ['https://photos.example.com/photos.read', 'https://photos.example.com/photos.write'];
const checks = new Checks(app, 'Stacks', [identity, clients, apis, prints, probe]);
checks.open(api, '/health');
checks.closed(api, '/photos');
checks.declares(userPool, 'https://photos.example.com', { 'photos.read': 'View photos', 'photos.write': 'Change photos' });
checks.grants(album, ['openid', readName]);
checks.demands(list, [readName], [userPool]);
checks.demands(add, [writeName], [userPool]);
checks.demands(order, [readName], [userPool]);
checks.answers(probe, {
  Nightly: { 'scopes': [readName], 'GET /photos': 200, 'POST /photos': 401, 'POST /prints': 200 },
  Editor: { 'scopes': [readName, writeName], 'GET /photos': 200, 'POST /photos': 200, 'POST /prints': 200 },
});
