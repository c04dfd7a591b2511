import { Validations } from 'aws-cdk-lib';
import type { ProtectedApi, ScopedResourceServer } from 'cdk-protected-api';

/**
 * What cdk-nag (AwsSolutions) finds in this stack, and why it stays.
 *
 * A finding that is not listed here fails the tests of the example.
 */
export function acknowledgeFindings({ photos, api }: { photos: ScopedResourceServer; api: ProtectedApi }): void {
  Validations.of(photos.userPool).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'the example has no real users; require a second factor where it protects data of people' },
    { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'scopes need no feature plan above Essentials, and Plus is billed for each active user' },
  );
  Validations.of(api.deploymentStage).acknowledge({
    id: 'AwsSolutions::AwsSolutions-APIG3', reason: 'a web ACL is billed by the month; requests are throttled and callers need a token',
  });
  Validations.of(api.node.findChild('CloudWatchRole')).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'the role that API Gateway assumes to write logs; AWS maintains this policy for it',
  });
  Validations.of(api.root.resourceForPath('health')).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-APIG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
    { id: 'AwsSolutions::AwsSolutions-COG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
  );
}
