import { App } from 'aws-cdk-lib';
import { TidesStack } from './tides-stack';

const app = new App();
new TidesStack(app, 'Tides');
