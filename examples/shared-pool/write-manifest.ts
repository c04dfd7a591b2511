/** Writes what applications of other CDK apps need to know of the scopes: run it after each change of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { PlatformStack } from './platform-stack';

const { orders } = new PlatformStack(new App(), 'Platform');
writeFileSync(join(__dirname, 'orders.manifest.json'), orders.toManifest());
