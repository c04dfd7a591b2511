import { App } from 'aws-cdk-lib';
import { CatalogStack } from './catalog-stack';
import { PlatformStack } from './platform-stack';

const app = new App();
const { catalog } = new PlatformStack(app, 'Platform');
new CatalogStack(app, 'Catalog', { catalog });
