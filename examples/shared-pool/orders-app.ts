import { App } from 'aws-cdk-lib';
import { OrdersStack } from './orders-stack';

/** An ARN that nobody has, so that the app synthesizes before there is a platform. */
const NO_USER_POOL = 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_Example00';

const app = new App();
new OrdersStack(app, 'Orders', { userPoolArn: app.node.tryGetContext('userPoolArn') ?? NO_USER_POOL });
