import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { FeaturePlan, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { Scope, ScopedResourceServer } from 'cdk-protected-api';

/** Where customers use the shop in a browser. */
const STORE = 'https://store.example.com';

/** Where the staff works. */
const OFFICE = 'https://office.example.com';

/** People who buy. Their pool is the one that the library makes. */
export class Customers extends Construct {
  public readonly server: ScopedResourceServer;
  public readonly own: Scope;
  public readonly place: Scope;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.server = new ScopedResourceServer(this, 'Server', {
      identifier: 'https://customers.example.com',
      removalPolicy: RemovalPolicy.DESTROY, // an example goes away as a whole; keep the pool of a real service
    });
    this.own = this.server.addScope('orders.own', 'See your orders');
    this.place = this.server.addScope('orders.place', 'Place and cancel your orders');
    const scopes = [Scope.OPENID, this.own, this.place];
    this.server.addSpaClient('Storefront', { scopes, callbackUrls: [`${STORE}/signed-in`], logoutUrls: [`${STORE}/`] });
    this.server.addMobileClient('Phone', { scopes, callbackUrls: ['com.example.shop:/signed-in'], logoutUrls: ['com.example.shop:/'] });
  }
}

/** People who work for the shop, and one of its machines. Their pool asks for a second factor. */
export class Staff extends Construct {
  public readonly server: ScopedResourceServer;
  public readonly all: Scope;
  public readonly ship: Scope;
  public readonly stock: Scope;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      featurePlan: FeaturePlan.ESSENTIALS,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 14, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.server = new ScopedResourceServer(this, 'Server', {
      identifier: 'https://staff.example.com',
      userPool,
      domain: { cognitoDomain: { domainPrefix: `shop-staff-${Aws.ACCOUNT_ID}` } },
    });
    this.all = this.server.addScope('orders.all', 'See the orders of all customers');
    this.ship = this.server.addScope('orders.ship', 'Ship and cancel orders');
    this.stock = this.server.addScope('stock.write', 'Correct the stock');
    this.server.addWebClient('BackOffice', {
      scopes: [Scope.OPENID, this.all, this.ship], callbackUrls: [`${OFFICE}/signed-in`], logoutUrls: [`${OFFICE}/`],
    });
    this.server.addMachineClient('StockCounter', { scopes: [this.stock] });
  }
}
