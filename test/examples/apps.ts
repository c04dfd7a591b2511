import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { TidesStack } from '../../examples/partner-m2m/tides-stack';
import { PhotoAlbumStack } from '../../examples/photo-album/photo-album-stack';
import { CatalogStack } from '../../examples/shared-pool/catalog-stack';
import { OrdersStack } from '../../examples/shared-pool/orders-stack';
import { PlatformStack } from '../../examples/shared-pool/platform-stack';
import { ShopStack } from '../../examples/two-pools/shop-stack';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

/** What the app files of the examples define, by path below `examples/`. */
export const APPS: Readonly<Record<string, (app: App) => void>> = {
  'partner-m2m/app.ts': (app) => { new TidesStack(app, 'Tides'); },
  'photo-album/app.ts': (app) => { new PhotoAlbumStack(app, 'PhotoAlbum'); },
  'shared-pool/app.ts': (app) => {
    const { catalog } = new PlatformStack(app, 'Platform');
    new CatalogStack(app, 'Catalog', { catalog });
  },
  'shared-pool/orders-app.ts': (app) => {
    new OrdersStack(app, 'Orders', { userPoolArn: 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_Example00' });
  },
  'two-pools/app.ts': (app) => { new ShopStack(app, 'Shop'); },
};

/** Synthesizes what an app file defines; returns the folder. */
export function synthesize(file: string, outdir: string, context?: { [flag: string]: unknown }): string {
  const app = new App({ outdir, context, builtinCloudFormationValidation: false });
  APPS[file](app);
  return app.synth().directory;
}

/** The texts of the templates in a folder, by file name. */
export function templatesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith('.template.json')).sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Who can call what, read from the templates in a folder. */
export function matrixOf(folder: string): Matrix {
  return buildMatrix(modelFromTemplates(loadTemplates(folder)));
}

/** Methods by the caller's name, preflight ones not among them. */
export function allowedBy({ principals, methods, allowed }: Matrix): Record<string, string[]> {
  return Object.fromEntries(principals.map(({ id, name }) => [name, methods
    .filter((method) => method.verb !== 'OPTIONS' && allowed.some((pair) => pair.principal === id && pair.method === method.id))
    .map(({ verb, path }) => `${verb} ${path}`)]));
}
