import { join } from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { FeaturePlan, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccessProbe } from './access-probe';
import { answering, Checks } from './checks';
import { Access, DeclaredAccess, ProtectedApi } from 'cdk-protected-api';

/**
 * Several of everything, declared in a file: two resource servers in each of two user pools, 66 clients, and two APIs that
 * share a resource server. The first API needs an authorizer for each user pool and one for both.
 */
const app = new App();
const stack = new Stack(app, 'ManyInteg');
const [customers, staff] = ['Customers', 'Staff'].map((id) => new UserPool(stack, id, {
  featurePlan: FeaturePlan.ESSENTIALS, removalPolicy: RemovalPolicy.DESTROY,
}));
const [customersUrl, staffUrl] = [customers, staff].map((userPool) => (
  userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: `integ-many-${userPool.node.id.toLowerCase()}-${stack.account}` } }).baseUrl()
));
const declared = new DeclaredAccess(stack, 'Access', { file: join(__dirname, 'integ.many.access.yaml'), userPools: { customers, staff } });

const api = new ProtectedApi(stack, 'Api', { restApiName: 'integ-many', resourceServers: declared.resourceServers });
const methods = new Map(declared.addRoutes(api, Object.fromEntries([
  'GET /photos', 'POST /photos', 'POST /prints', 'GET /archive', 'DELETE /archive', 'GET /search', 'GET /me', 'GET /health',
].map((route) => [route, answering()]))).map((method) => [`${method.httpMethod} ${method.resource.path}`, method]));

const reports = declared.resourceServer('reports');
const office = new ProtectedApi(stack, 'Office', { restApiName: 'integ-many-office', resourceServers: [reports, declared.resourceServer('archive')] });
const report = office.addRoute('GET /reports', { access: Access.anyOf(reports.scope('read')), ...answering() });
office.addRoute('GET /archive', { access: declared.access('GET /archive'), ...answering() });

const machine = (key: string, url: string) => ({ client: declared.client(key), tokenUrl: `${url}/oauth2/token` });
const probe = new AccessProbe(app, 'ManyProbeInteg', {
  clients: {
    PhotoImport: machine('PhotoImport', customersUrl),
    PrintShop: machine('PrintShop', customersUrl),
    Eraser: machine('Eraser', staffUrl),
    Reporter: machine('Reporter', staffUrl),
  },
  routes: [[api, 'GET /photos', 'POST /photos', 'POST /prints', 'GET /archive', 'DELETE /archive', 'GET /search', 'GET /me'], [office, 'GET /reports']],
  open: [api, 'GET /health'],
});

const checks = new Checks(app, 'Many', [stack, probe]);
checks.open(api, '/health');
checks.closed(api, '/photos', '/archive', '/search', '/me');
checks.closed(office, '/reports', '/archive');
checks.declares(customers, 'prints', { order: 'Order prints' });
checks.declares(staff, 'archive', { search: 'Search the archive', erase: 'Erase photos' });
checks.grants(declared.client('Shop40'), ['openid', 'photos/read']);
checks.grants(declared.client('Branch20'), ['openid', 'archive/search']);
checks.demands(methods.get('POST /photos')!, ['photos/write'], [customers]);
checks.demands(methods.get('DELETE /archive')!, ['archive/erase'], [staff]);
checks.demands(methods.get('GET /search')!, ['photos/read', 'archive/search'], [customers, staff]);
checks.demands(report, ['reports/read'], [staff]);

const DENIED = {
  'GET /photos': 401, 'POST /photos': 401, 'POST /prints': 401, 'GET /archive': 401, 'DELETE /archive': 401, 'GET /search': 401, 'GET /me': 401, 'GET /reports': 401,
};
checks.answers(probe, {
  PhotoImport: { ...DENIED, 'scopes': ['photos/read', 'photos/write'], 'GET /photos': 200, 'POST /photos': 200, 'GET /search': 200 },
  PrintShop: { ...DENIED, 'scopes': ['photos/read', 'prints/order'], 'GET /photos': 200, 'POST /prints': 200, 'GET /search': 200 },
  Eraser: { ...DENIED, 'scopes': ['archive/erase', 'archive/search'], 'GET /archive': 200, 'DELETE /archive': 200, 'GET /search': 200 },
  Reporter: { ...DENIED, 'scopes': ['reports/read'], 'GET /reports': 200 },
});
