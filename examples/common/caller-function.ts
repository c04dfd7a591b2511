import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { logGroup } from './api-parts';

/**
 * A function that answers who called it, in place of the functions of a real service.
 *
 * It may write its own log, and nothing else.
 */
export class CallerFunction extends Function {
  public constructor(scope: Construct, id: string) {
    const log = logGroup(scope, `${id}Log`);
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    log.grantWrite(role);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(join(__dirname, 'handlers')),
      handler: 'who-called.handler',
      role,
      logGroup: log,
    });
  }
}
