import { App, Stack } from 'aws-cdk-lib';
import { CognitoUserPoolsAuthorizer, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { OAuthScope, ResourceServerScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Access, ProtectedApi, ScopedResourceServer } from 'cdk-protected-api';

const VERBS = ['GET', 'POST'];
const PATHS = ['', '/{id}'];

/** Routes as real APIs have them: two resources with two verbs each. */
function routes(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${VERBS[n % 2]} /items${Math.floor(n / 4)}${PATHS[Math.floor(n / 2) % 2]}`);
}

function stackWithFunction(): { stack: Stack; handler: Function } {
  const stack = new Stack(new App({
    builtinCloudFormationValidation: false,
    // The plain L2 passes the limit of 500 resources at 140 methods.
    context: { '@aws-cdk/core:stackResourceLimit': 0 },
  }), 'Bench');
  const handler = new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') });
  return { stack, handler };
}

/** Synthesizes an API with `ProtectedApi`; returns the number of resources. */
export function synthesizeProtected(count: number): number {
  const { stack, handler } = stackWithFunction();
  const server = new ScopedResourceServer(stack, 'Server', { identifier: 'items' });
  const read = server.addScope('read', 'Read items');
  server.addMachineClient('Client', { scopes: [read] });
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [server] });
  for (const route of routes(count)) api.addRoute(route, { access: Access.anyOf(read), handler });
  return resourcesOf(stack);
}

/** Synthesizes the same API with the plain L2 constructs; returns the number of resources. */
export function synthesizePlain(count: number): number {
  const { stack, handler } = stackWithFunction();
  const userPool = new UserPool(stack, 'Pool');
  const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'Read items' });
  const server = userPool.addResourceServer('Server', { identifier: 'items', scopes: [read] });
  const scope = OAuthScope.resourceServer(server, read);
  userPool.addClient('Client', { generateSecret: true, oAuth: { flows: { clientCredentials: true }, scopes: [scope] } });
  userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'bench' } });
  const api = new RestApi(stack, 'Api');
  const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Authorizer', { cognitoUserPools: [userPool] });
  const integration = new LambdaIntegration(handler);
  for (const route of routes(count)) {
    const [verb, path] = route.split(' ');
    api.root.resourceForPath(path).addMethod(verb, integration, { authorizer, authorizationScopes: [scope.scopeName] });
  }
  return resourcesOf(stack);
}

function resourcesOf(stack: Stack): number {
  const app = stack.node.root as App;
  return Object.keys(app.synth().getStackByName(stack.stackName).template.Resources).length;
}
