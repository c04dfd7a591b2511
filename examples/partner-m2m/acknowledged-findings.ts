import { Validations } from 'aws-cdk-lib';
import type { DeclaredAccess, ProtectedApi } from 'cdk-protected-api';

/**
 * What cdk-nag (AwsSolutions) finds in this stack, and why it stays.
 *
 * A finding that is not listed here fails the tests of the example.
 */
export function acknowledgeFindings({ declared, api }: { declared: DeclaredAccess; api: ProtectedApi }): void {
  Validations.of(declared.resourceServer('tides').userPool).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'the pool has machines only: nobody signs in' },
    { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'threat protection is about the sign-in of users, and the pool has machines only' },
  );
  Validations.of(api.node.findChild('CloudWatchRole')).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: 'the role that API Gateway assumes to write logs; AWS maintains this policy for it',
  });
  Validations.of(api.deploymentStage).acknowledge({
    id: 'AwsSolutions::AwsSolutions-APIG3', reason: 'a web ACL is billed by the month; requests are throttled and callers need a token',
  });
  Validations.of(api.root.resourceForPath('health')).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-APIG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
    { id: 'AwsSolutions::AwsSolutions-COG4', reason: 'public on purpose: a probe, answered by the gateway without data' },
  );
}
