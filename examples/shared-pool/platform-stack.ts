import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePlatformFindings } from './acknowledged-findings';
import { ScopedResourceServer } from 'cdk-protected-api';

/** What the platform team owns: the user pool, and which scopes there are. */
export class PlatformStack extends Stack {
  public readonly catalog: ScopedResourceServer;
  public readonly orders: ScopedResourceServer;

  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'User pool and scopes that several applications share', ...props });

    this.catalog = new ScopedResourceServer(this, 'Catalog', {
      identifier: 'catalog',
      removalPolicy: RemovalPolicy.DESTROY, // an example goes away as a whole; keep the pool of a real service
    });
    this.catalog.addScope('read', 'See products and prices');
    this.catalog.addScope('write', 'Change products and prices');

    this.orders = new ScopedResourceServer(this, 'Orders', { identifier: 'orders', userPool: this.catalog.userPool });
    const read = this.orders.addScope('read', 'See orders');
    this.orders.addScope('write', 'Place, change and cancel orders');
    this.orders.addScope('list', 'List orders', {
      deprecated: { replacedBy: read, removeAfter: '2030-06-30', reason: 'whoever lists orders reads them too' },
    });

    this.logRole();
    new CfnOutput(this, 'UserPoolArn', { value: this.catalog.userPool.userPoolArn });
    // Asking for the URL defines the domain, also while no client of this app needs it: clients of other apps do.
    new CfnOutput(this, 'TokenUrl', { value: this.catalog.tokenUrl });
    acknowledgePlatformFindings(this);
  }

  /** API Gateway has one role for logs per account and region: the platform brings it along, the applications do not. */
  private logRole(): void {
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    new CfnAccount(this, 'LogAccount', { cloudWatchRoleArn: role.roleArn });
  }
}
