import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { IClientReference } from 'cdk-protected-api';

/** What an `AccessProbe` calls. */
export interface AccessProbeProps {
  /** Machine clients, by the name that the answer has for them. */
  readonly clients: Readonly<Record<string, { readonly client: IClientReference; readonly tokenUrl: string }>>;
  /** Routes such as `GET /orders`, by API. */
  readonly routes: readonly (readonly [api: RestApi, ...routes: string[]])[];
  /** A route that everybody may call. */
  readonly open: readonly [api: RestApi, route: string];
}

/**
 * Calls routes with tokens of machine clients, and answers scopes and statuses.
 *
 * A function of its own, because an assertion (`awsApiCall`, `httpApiCall`) logs what it sends and what comes back: it
 * would leave client secrets and tokens in its log. This one reads the secrets itself, and gives neither away.
 */
export class AccessProbe extends Stack {
  public readonly handler: Function;

  public constructor(scope: Construct, id: string, props: AccessProbeProps) {
    super(scope, id, { description: 'Calls the APIs of the integration test with tokens of its machine clients' });
    const clients = Object.entries(props.clients).map(([name, { client, tokenUrl }]) => (
      [name, { userPoolId: client.userPool.userPoolId, clientId: client.clientId, tokenUrl }]
    ));
    const routes = props.routes.flatMap(([api, ...ofApi]) => ofApi.map((route) => [route, called(api, route)]));
    const [openApi, open] = props.open;
    this.handler = new Function(this, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(join(__dirname, 'handlers')),
      handler: 'access-probe.handler',
      timeout: Duration.minutes(5),
      environment: {
        PROBE: this.toJsonString({
          clients: Object.fromEntries(clients), routes: Object.fromEntries(routes), open: called(openApi, open).url,
        }),
      },
      logGroup: new LogGroup(this, 'Log', { retention: RetentionDays.ONE_DAY, removalPolicy: RemovalPolicy.DESTROY }),
    });
    for (const { client } of Object.values(props.clients)) {
      client.userPool.grant(this.handler, 'cognito-idp:DescribeUserPoolClient');
    }
  }
}

function called(api: RestApi, route: string): { verb: string; url: string } {
  const [verb, path] = route.split(' ');
  return { verb, url: api.urlForPath(path) };
}
