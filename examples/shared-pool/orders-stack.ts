import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { acknowledgeApiFindings, acknowledgeDeprecation } from './acknowledged-findings';
import { healthProbe, logGroup, stageOptions } from '../common/api-parts';
import { CallerFunction } from '../common/caller-function';
import { Access, MachineClient, ProtectedApi, ScopedResourceServer } from 'cdk-protected-api';

/** Properties of `OrdersStack`. */
export interface OrdersStackProps extends StackProps {
  /** ARN of the user pool of the platform: its output `UserPoolArn`. */
  readonly userPoolArn: string;
}

/** An application of another CDK app: it knows the scopes from a manifest, and the user pool by its ARN. */
export class OrdersStack extends Stack {
  public constructor(scope: Construct, id: string, { userPoolArn, ...props }: OrdersStackProps) {
    super(scope, id, { description: 'Orders, behind scopes of the platform', ...props });
    const userPool = UserPool.fromUserPoolArn(this, 'Users', userPoolArn);
    const orders = ScopedResourceServer.fromManifest(this, 'Server', {
      manifest: readFileSync(join(__dirname, 'orders.manifest.json'), 'utf8'), userPool,
    });
    const read = orders.scope('read');
    const write = orders.scope('write');
    const list = orders.scope('list');

    new MachineClient(this, 'Warehouse', { userPool, scopes: [read, write] });
    const reports = new MachineClient(this, 'Reports', { userPool, scopes: [list] });

    const api = new ProtectedApi(this, 'Api', {
      restApiName: 'orders',
      resourceServers: [orders],
      cloudWatchRole: false, // the platform has set the role of the account
      deployOptions: stageOptions(logGroup(this, 'AccessLog')),
    });
    const handler = new CallerFunction(this, 'Orders');
    const requestValidator = api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
    const listing = api.addRoute('GET /orders', { access: Access.anyOf(read, list), handler });
    api.addRoute('POST /orders', { access: Access.anyOf(write), handler, requestValidator });
    api.addRoute('GET /orders/{id}', { access: Access.anyOf(read), handler });
    api.addRoute('PUT /orders/{id}', { access: Access.anyOf(write), handler, requestValidator });
    api.addRoute('GET /health', { access: Access.public('probe of the load balancer'), ...healthProbe() });
    acknowledgeApiFindings(api);
    acknowledgeDeprecation(reports, listing);
  }
}
