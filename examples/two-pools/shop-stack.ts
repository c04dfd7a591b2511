import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledged-findings';
import { Customers, Staff } from './user-pools';
import { healthProbe, logGroup, stageOptions } from '../common/api-parts';
import { CallerFunction } from '../common/caller-function';
import { Access, ProtectedApi } from 'cdk-protected-api';

/** A shop: customers and staff have a user pool each and call the same API. */
export class ShopStack extends Stack {
  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Shop whose API takes access tokens of customers and of staff', ...props });
    const customers = new Customers(this, 'Customers');
    const staff = new Staff(this, 'Staff');

    const api = new ProtectedApi(this, 'Api', {
      restApiName: 'shop',
      resourceServers: [customers.server, staff.server],
      cloudWatchRole: true, // API Gateway has one such role per account and region; this stack brings it along
      deployOptions: stageOptions(logGroup(this, 'AccessLog')),
    });
    const handler = new CallerFunction(this, 'Orders');
    const validated = {
      handler, requestValidator: api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true }),
    };

    // Customers only: the authorizer knows their user pool and no other.
    api.addRoute('POST /orders', { access: Access.anyOf(customers.place), ...validated });

    // Staff only.
    api.addRoute('GET /orders', { access: Access.anyOf(staff.all), handler });
    api.addRoute('PUT /orders/{id}/shipment', { access: Access.anyOf(staff.ship), ...validated });
    api.addRoute('PUT /stock/{product}', { access: Access.anyOf(staff.stock), ...validated });

    // Either: one scope of any of the two pools is enough.
    api.addRoute('GET /orders/{id}', { access: Access.anyOf(customers.own, staff.all), handler });
    api.addRoute('DELETE /orders/{id}', { access: Access.anyOf(customers.place, staff.ship), handler });

    api.addRoute('GET /me', { access: Access.idToken(), handler });
    api.addRoute('GET /health', { access: Access.public('probe of the load balancer'), ...healthProbe() });

    new CfnOutput(this, 'CustomersTokenUrl', { value: customers.server.tokenUrl });
    new CfnOutput(this, 'StaffTokenUrl', { value: staff.server.tokenUrl });
    acknowledgeFindings({ customers, staff, api });
  }
}
