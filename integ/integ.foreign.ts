import { App, Aws, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnUserPoolClient, CfnUserPoolResourceServer, FeaturePlan, UserPool, UserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { AccessProbe } from './access-probe';
import { answering, Checks } from './checks';
import { Access, MachineClient, ProtectedApi, Scope, ScopedResourceServer } from 'cdk-protected-api';

/** What the app has without this library: two user pools with a domain, a resource server and a client each. */
const app = new App();
const users = new Stack(app, 'ForeignUsersInteg');
const [customersPool, partnersPool] = ['Customers', 'Partners'].map((id) => new UserPool(users, id, {
  featurePlan: FeaturePlan.ESSENTIALS, removalPolicy: RemovalPolicy.DESTROY,
}));
const domainNames = ['customers', 'partners'].map((name) => `integ-foreign-${name}-${Aws.ACCOUNT_ID}`);
const partnersUrl = [customersPool, partnersPool].map((pool, number) => (
  pool.addDomain('Domain', { cognitoDomain: { domainPrefix: domainNames[number] } }).baseUrl()
))[1];
const ordersServer = new CfnUserPoolResourceServer(users, 'Orders', {
  userPoolId: customersPool.userPoolId,
  identifier: 'orders',
  name: 'orders',
  scopes: [{ scopeName: 'read', scopeDescription: 'See orders' }, { scopeName: 'write', scopeDescription: 'Place orders' }],
});
const auditServer = new CfnUserPoolResourceServer(users, 'Audit', {
  userPoolId: partnersPool.userPoolId, identifier: 'audit', name: 'audit', scopes: [{ scopeName: 'read', scopeDescription: 'See who ordered' }],
});
const [partnerClient, auditorClient] = [ordersServer, auditServer].map((server, number) => {
  const clientName = ['Partner', 'Auditor'][number];
  const client = new CfnUserPoolClient(users, clientName, {
    clientName,
    userPoolId: server.userPoolId,
    generateSecret: true,
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthFlows: ['client_credentials'],
    allowedOAuthScopes: [`${server.identifier}/read`],
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  });
  client.addResourceDependency(server);
  return client;
});

/** The same things, referred to: by ARN, by id, by name and by what is known of them. */
const shop = new Stack(app, 'ForeignInteg');
shop.addStackDependency(users);
const customers = UserPool.fromUserPoolArn(shop, 'Customers', customersPool.userPoolArn);
const partners = UserPool.fromUserPoolId(shop, 'Partners', partnersPool.userPoolId);
const orders = ScopedResourceServer.fromAttributes(shop, 'Orders', { identifier: 'orders', userPool: customers, scopeNames: ['read', 'write'] });
const [read, write] = [orders.scope('read'), orders.scope('write')];
const partner = MachineClient.fromMachineClientAttributes(shop, 'Partner', {
  clientId: partnerClient.ref, clientName: 'Partner', userPool: customers, scopes: [read],
});
const auditing = Scope.external('audit/read');
const auditor = MachineClient.fromMachineClientAttributes(shop, 'Auditor', {
  clientId: auditorClient.ref, clientName: 'Auditor', userPool: partners, scopes: [auditing],
});

// What only the metadata of a template refers to is not imported from another stack: the CDK looks at resources and outputs.
for (const { node, clientId } of [partner, auditor]) new CfnOutput(shop, `${node.id}ClientId`, { value: clientId });

/** What is added to a foreign pool: another resource server behind its domain, and a client of both servers. */
const billing = new ScopedResourceServer(shop, 'Billing', {
  identifier: 'billing', userPool: customers, existingDomain: UserPoolDomain.fromDomainName(shop, 'Domain', domainNames[0]),
});
const charge = billing.addScope('charge', 'Charge for an order');
const clerk = billing.addMachineClient('Clerk', { scopes: [write, charge] });

const api = new ProtectedApi(shop, 'Api', { restApiName: 'integ-foreign', resourceServers: [orders, billing] });
const list = api.addRoute('GET /orders', { access: Access.anyOf(read), ...answering() });
const place = api.addRoute('POST /orders', { access: Access.anyOf(write, charge), ...answering() });
api.addRoute('GET /health', { access: Access.public('probe of the integration test'), ...answering() });
const auditApi = new ProtectedApi(shop, 'AuditApi', { restApiName: 'integ-foreign-audit', userPools: [partners] });
const audit = auditApi.addRoute('GET /audit', { access: Access.anyOf(auditing), ...answering() });

const { tokenUrl } = billing;
const probe = new AccessProbe(app, 'ForeignProbeInteg', {
  clients: { Partner: { client: partner, tokenUrl }, Clerk: { client: clerk, tokenUrl }, Auditor: { client: auditor, tokenUrl: `${partnersUrl}/oauth2/token` } },
  routes: [[api, 'GET /orders', 'POST /orders'], [auditApi, 'GET /audit']],
  open: [api, 'GET /health'],
});

const checks = new Checks(app, 'Foreign', [users, shop, probe]);
checks.open(api, '/health');
checks.closed(api, '/orders');
checks.closed(auditApi, '/audit');
checks.demands(list, ['orders/read'], [customersPool]);
checks.demands(place, ['orders/write', 'billing/charge'], [customersPool]);
checks.demands(audit, ['audit/read'], [partnersPool]);
checks.declares(customersPool, 'billing', { charge: 'Charge for an order' });
checks.answers(probe, {
  Partner: { 'scopes': ['orders/read'], 'GET /orders': 200, 'POST /orders': 401, 'GET /audit': 401 },
  Clerk: { 'scopes': ['billing/charge', 'orders/write'], 'GET /orders': 401, 'POST /orders': 200, 'GET /audit': 401 },
  Auditor: { 'scopes': ['audit/read'], 'GET /orders': 401, 'POST /orders': 401, 'GET /audit': 200 },
});
