import { Validations } from 'aws-cdk-lib';
import type { Customers, Staff } from './user-pools';
import type { ProtectedApi } from 'cdk-protected-api';

/**
 * What cdk-nag (AwsSolutions) finds in this stack, and why it stays.
 *
 * A finding that is not listed here fails the tests of the example.
 */
export function acknowledgeFindings({ customers, staff, api }: { customers: Customers; staff: Staff; api: ProtectedApi }): void {
  const plus = { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'scopes need no feature plan above Essentials, and Plus is billed for each active user' };
  Validations.of(staff.server.userPool).acknowledge(plus);
  Validations.of(customers.server.userPool).acknowledge(plus, {
    id: 'AwsSolutions::AwsSolutions-COG2', reason: 'customers may sign in without a second factor; the staff, who see data of all customers, may not',
  });
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
