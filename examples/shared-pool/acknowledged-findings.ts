import { Annotations, Validations } from 'aws-cdk-lib';
import type { Method } from 'aws-cdk-lib/aws-apigateway';
import type { CatalogStack } from './catalog-stack';
import type { PlatformStack } from './platform-stack';
import type { MachineClient, ProtectedApi } from 'cdk-protected-api';

/**
 * What cdk-nag (AwsSolutions) finds in the stack of the platform, and why it stays.
 *
 * A finding that is not listed here fails the tests of the example.
 */
export function acknowledgePlatformFindings(platform: PlatformStack): void {
  Validations.of(platform.catalog.userPool).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'the example has no real users; require a second factor where it protects data of people' },
    { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'scopes need no feature plan above Essentials, and Plus is billed for each active user' },
  );
  Validations.of(platform.node.findChild('LogRole')).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'the role that API Gateway assumes to write logs; AWS maintains this policy for it',
  });
}

/** What cdk-nag finds in the API of an application, and why it stays. */
export function acknowledgeApiFindings(api: ProtectedApi): void {
  Validations.of(api.deploymentStage).acknowledge({
    id: 'AwsSolutions::AwsSolutions-APIG3', reason: 'a web ACL is billed by the month; requests are throttled and callers need a token',
  });
  Validations.of(api.root.resourceForPath('health')).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-APIG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
    { id: 'AwsSolutions::AwsSolutions-COG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
  );
}

/** What the CDK warns of where a stack refers to another. */
export function acknowledgeReference(catalog: CatalogStack): void {
  Annotations.of(catalog).acknowledgeWarning(
    '@aws-cdk/core:crossStackReferencesDefaultStrong', 'the user pool is not to go while an application still needs it',
  );
}

/** Who uses a deprecated scope, and until when. */
export function acknowledgeDeprecation(reports: MachineClient, listing: Method): void {
  Annotations.of(reports).acknowledgeWarning('cdk-protected-api:deprecated-scope', 'the reports are written anew in 2029 and ask for orders/read then');
  Annotations.of(listing).acknowledgeWarning('cdk-protected-api:deprecated-scope', 'as long as the reports ask for orders/list');
}
