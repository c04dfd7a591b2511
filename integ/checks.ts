import { ExpectedResult, IntegTest, Match, type IApiCall } from '@aws-cdk/integ-tests-alpha';
import { Stack, type App } from 'aws-cdk-lib';
import {
  MockIntegration, PassthroughBehavior, type CfnMethod, type Method, type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { CfnUserPoolClient, IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { AccessProbe } from './access-probe';
import type { IAppClient, RouteSettings } from 'cdk-protected-api';

/** Answers 200 without a function behind it. */
export function answering(): RouteSettings {
  return {
    integration: new MockIntegration({
      passthroughBehavior: PassthroughBehavior.WHEN_NO_TEMPLATES,
      requestTemplates: { 'application/json': '{ "statusCode": 200 }' },
      integrationResponses: [{ statusCode: '200' }],
    }),
    methodResponses: [{ statusCode: '200' }],
  };
}

/**
 * What is checked after a deployment to an account.
 *
 * An assertion logs whole answers: only clients without a secret are described here, and an `AccessProbe` looks at the others.
 */
export class Checks {
  private readonly test: IntegTest;
  private mayReadApis = false;

  public constructor(app: App, id: string, testCases: Stack[]) {
    this.test = new IntegTest(app, id, {
      testCases,
      allowDestroy: ['AWS::ApiGateway::Deployment'], // every change of an API replaces it
    });
  }

  /** Without a token, a path answers 200. */
  public open(api: RestApi, path: string): void {
    this.get(api, path, { status: 200 });
  }

  /** Without a token, paths answer 401. */
  public closed(api: RestApi, ...paths: string[]): void {
    for (const path of paths) this.get(api, path, { status: 401, body: { message: 'Unauthorized' } });
  }

  /** API Gateway asks for these scopes, of tokens of these user pools. */
  public demands(method: Method, scopes: string[], userPools: IUserPool[]): void {
    const { restApiId } = method.api;
    const { authorizerId } = method.node.defaultChild as CfnMethod;
    this.contain('authorizationScopes', scopes, (expected) => {
      this.readApi(restApiId, 'getMethod', { resourceId: method.resource.resourceId, httpMethod: method.httpMethod })
        .expect(ExpectedResult.objectLike({ authorizationType: 'COGNITO_USER_POOLS', authorizerId, ...expected }));
    });
    this.contain('providerARNs', userPools.map(({ userPoolArn }) => userPoolArn), (expected) => {
      this.readApi(restApiId, 'getAuthorizer', { authorizerId }).expect(ExpectedResult.objectLike(expected));
    });
  }

  /** Cognito has these scopes, with these descriptions. */
  public declares(userPool: IUserPool, identifier: string, scopes: Readonly<Record<string, string>>): void {
    const all = Object.entries(scopes).map(([ScopeName, ScopeDescription]) => ({ ScopeName, ScopeDescription }));
    this.contain('Scopes', all, (expected) => {
      this.readCognito('describeResourceServer', { UserPoolId: userPool.userPoolId, Identifier: identifier })
        .expect(ExpectedResult.objectLike({ ResourceServer: expected }));
    });
  }

  /** Cognito grants these scopes to a client without a secret. */
  public grants({ client, userPool, clientId }: IAppClient, scopes: string[]): void {
    if ((client.node.defaultChild as CfnUserPoolClient).generateSecret) throw new Error(`the secret of ${client.node.path} would be logged`);
    this.contain('AllowedOAuthScopes', scopes, (expected) => {
      this.readCognito('describeUserPoolClient', { UserPoolId: userPool.userPoolId, ClientId: clientId })
        .expect(ExpectedResult.objectLike({ UserPoolClient: { AllowedOAuthFlowsUserPoolClient: true, ...expected } }));
    });
  }

  /** A probe answers, for each client, the scopes in its token and the status of each route. */
  public answers(probe: AccessProbe, expected: Readonly<Record<string, Readonly<Record<string, string[] | number>>>>): void {
    this.test.assertions.invokeFunction({ functionName: probe.handler.functionName })
      .expect(ExpectedResult.objectLike({ StatusCode: 200, Payload: Match.serializedJson(expected) }));
  }

  /** One assertion for each element: no source says in which order a service lists them. A single one is the whole list. */
  private contain(list: string, elements: readonly unknown[], check: (expected: Record<string, unknown>) => void): void {
    if (elements.length === 1) return check({ [list]: elements });
    for (const element of elements) check({ [list]: Match.arrayWith([element]) });
  }

  private get(api: RestApi, path: string, expected: { [key: string]: unknown }): void {
    this.test.assertions.httpApiCall(api.urlForPath(path)).expect(ExpectedResult.objectLike(expected));
  }

  private readApi(restApiId: string, operation: 'getMethod' | 'getAuthorizer', parameters: object): IApiCall {
    const call = this.test.assertions.awsApiCall('APIGateway', operation, { restApiId, ...parameters });
    if (!this.mayReadApis) {
      // API Gateway has one IAM action for each HTTP verb, not for each operation; all assertions share one role.
      const resource = Stack.of(call).formatArn({ service: 'apigateway', account: '', resource: '/restapis', resourceName: '*' });
      call.provider.addToRolePolicy({ Effect: 'Allow', Action: ['apigateway:GET'], Resource: [resource] });
      this.mayReadApis = true;
    }
    return call;
  }

  private readCognito(operation: 'describeResourceServer' | 'describeUserPoolClient', parameters: object): IApiCall {
    return this.test.assertions.awsApiCall('CognitoIdentityServiceProvider', operation, parameters);
  }
}
