import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeApiFindings, acknowledgeReference } from './acknowledged-findings';
import { healthProbe, logGroup, stageOptions } from '../common/api-parts';
import { CallerFunction } from '../common/caller-function';
import { Access, MachineClient, ProtectedApi, Scope, SpaClient, type IScopedResourceServer } from 'cdk-protected-api';

/** Where customers see the products. */
const STORE = 'https://store.example.com';

/** Properties of `CatalogStack`. */
export interface CatalogStackProps extends StackProps {
  /** The resource server of the platform. */
  readonly catalog: IScopedResourceServer;
}

/** An application of the same CDK app: it has the resource server as an object. */
export class CatalogStack extends Stack {
  public constructor(scope: Construct, id: string, { catalog, ...props }: CatalogStackProps) {
    super(scope, id, { description: 'Products, behind scopes of the platform', ...props });
    const { userPool } = catalog;
    const read = catalog.scope('read');
    const write = catalog.scope('write');

    new SpaClient(this, 'Store', { userPool, scopes: [Scope.OPENID, read], callbackUrls: [`${STORE}/signed-in`], logoutUrls: [`${STORE}/`] });
    new MachineClient(this, 'PriceFeed', { userPool, scopes: [read, write] });

    const api = new ProtectedApi(this, 'Api', {
      restApiName: 'catalog',
      resourceServers: [catalog],
      cloudWatchRole: false, // the platform has set the role of the account
      deployOptions: stageOptions(logGroup(this, 'AccessLog')),
    });
    const handler = new CallerFunction(this, 'Products');
    const requestValidator = api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
    api.addRoute('GET /products', { access: Access.anyOf(read), handler });
    api.addRoute('GET /products/{id}', { access: Access.anyOf(read), handler });
    api.addRoute('PUT /products/{id}', { access: Access.anyOf(write), handler, requestValidator });
    api.addRoute('GET /health', { access: Access.public('probe of the load balancer'), ...healthProbe() });
    acknowledgeApiFindings(api);
    acknowledgeReference(this);
  }
}
