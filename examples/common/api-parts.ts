import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogField, AccessLogFormat, LogGroupLogDestination, MethodLoggingLevel, MockIntegration, PassthroughBehavior, type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RouteSettings } from 'cdk-protected-api';

/** A log that is kept for a month and goes away with its stack. */
export function logGroup(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
}

/** Every request leaves one line that says who called what, and callers cannot overrun the functions. */
export function stageOptions(accessLog: LogGroup): StageOptions {
  return {
    accessLogDestination: new LogGroupLogDestination(accessLog),
    accessLogFormat: AccessLogFormat.custom(JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      extendedRequestId: AccessLogField.contextExtendedRequestId(), // callers cannot choose this one
      time: AccessLogField.contextRequestTime(),
      verb: AccessLogField.contextHttpMethod(),
      path: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      client: AccessLogField.contextAuthorizerClaims('client_id'),
      subject: AccessLogField.contextAuthorizerClaims('sub'),
      scope: AccessLogField.contextAuthorizerClaims('scope'),
      refusal: AccessLogField.contextErrorResponseType(),
    })),
    loggingLevel: MethodLoggingLevel.ERROR,
    throttlingRateLimit: 50,
    throttlingBurstLimit: 100,
  };
}

/** What answers a health probe: the gateway by itself, so that callers without a token start no function. */
export function healthProbe(): RouteSettings {
  return {
    integration: new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{ "statusCode": 200 }' },
      integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': '{ "status": "ok" }' } }],
    }),
    methodResponses: [{ statusCode: '200' }],
  };
}
