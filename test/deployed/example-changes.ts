import type { Edit } from './example-copy';

/** An update of an example. */
export interface Change {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Scopes that tokens carry afterwards and did not carry before. */
  readonly come: readonly string[];
  /** Scopes that no token carries any more. */
  readonly go: readonly string[];
}

/** An app of an example. */
export interface ExampleApp {
  /** Its file below `examples/`. */
  readonly file: string;
  /** A program below `examples/` that runs before the app is deployed. */
  readonly prepare?: string;
  /** The context variable that takes the ARN of the user pool of an output of another stack. */
  readonly context?: { readonly name: string; readonly stack: string; readonly output: string };
}

/** An example, and the updates that are deployed one after another. */
export interface Example {
  readonly name: string;
  /** In the order in which they are deployed. */
  readonly apps: readonly ExampleApp[];
  readonly changes: readonly Change[];
}

const PHOTO_ALBUM: Example = {
  name: 'photo-album',
  apps: [{ file: 'photo-album/app.ts' }],
  changes: [
    {
      title: 'adds a scope, with a route that needs it and a client that has it',
      edits: [
        ['photo-album/photo-album-stack.ts', 'scopes: [Scope.OPENID, read, write],', 'scopes: [Scope.OPENID, read, write, photos.addScope(\'photos.share\', \'Share your photos\')],'],
        ['photo-album/photo-album-stack.ts', '    api.addRoute(\'GET /health\'', `
    api.addRoute('POST /photos/{id}/shares', { access: Access.anyOf(photos.scope('photos.share')), handler });
    api.addRoute('GET /health'`],
        ['photo-album/handlers/photos.js', '  \'POST /photos\': add,\n', '  \'POST /photos\': add,\n  \'POST /photos/{id}/shares\': list,\n'],
      ],
      come: ['https://myphotosapi.example.com/photos.share'],
      go: [],
    },
    {
      title: 'renames a scope that the handler reads too',
      edits: [['photo-album/photo-album-stack.ts', '\'photos.write\'', '\'photos.edit\'']],
      come: ['https://myphotosapi.example.com/photos.edit'],
      go: ['https://myphotosapi.example.com/photos.write'],
    },
    {
      title: 'removes a scope, so that reading is enough to write',
      edits: [
        ['photo-album/photo-album-stack.ts', 'photos.addScope(\'photos.edit\', \'Add, change and delete your photos\')', 'read'],
        ['photo-album/photo-album-stack.ts', '[Scope.OPENID, read, write, ', '[Scope.OPENID, read, '],
      ],
      come: [],
      go: ['https://myphotosapi.example.com/photos.edit'],
    },
  ],
};

const TWO_POOLS: Example = {
  name: 'two-pools',
  apps: [{ file: 'two-pools/app.ts' }],
  changes: [
    {
      title: 'adds a scope, with a route that needs it and clients that have it',
      edits: [
        ['two-pools/user-pools.ts', '  public readonly place: Scope;\n', '  public readonly place: Scope;\n  public readonly rate: Scope;\n'],
        ['two-pools/user-pools.ts', '    const scopes = [Scope.OPENID, this.own, this.place];', `
    this.rate = this.server.addScope('orders.rate', 'Rate your orders');
    const scopes = [Scope.OPENID, this.own, this.place, this.rate];`],
        ['two-pools/shop-stack.ts', '    // Staff only.\n', '    api.addRoute(\'PUT /orders/{id}/rating\', { access: Access.anyOf(customers.rate), ...validated });\n'],
      ],
      come: ['https://customers.example.com/orders.rate'],
      go: [],
    },
    {
      title: 'renames a scope that clients and routes use',
      edits: [['two-pools/user-pools.ts', '\'orders.place\'', '\'orders.submit\'']],
      come: ['https://customers.example.com/orders.submit'],
      go: ['https://customers.example.com/orders.place'],
    },
    {
      title: 'removes a scope, whose routes another scope of the same user pool opens now',
      edits: [
        ['two-pools/user-pools.ts', 'this.server.addScope(\'orders.ship\', \'Ship and cancel orders\')', 'this.all'],
        ['two-pools/user-pools.ts', '[Scope.OPENID, this.all, this.ship]', '[Scope.OPENID, this.all]'],
      ],
      come: [],
      go: ['https://staff.example.com/orders.ship'],
    },
  ],
};

const SHARED_POOL: Example = {
  name: 'shared-pool',
  apps: [
    { file: 'shared-pool/app.ts' },
    {
      file: 'shared-pool/orders-app.ts',
      prepare: 'shared-pool/write-manifest.ts',
      context: { name: 'userPoolArn', stack: 'Platform', output: 'UserPoolArn' },
    },
  ],
  changes: [
    {
      title: 'adds a scope, which the other app learns from the manifest',
      edits: [
        ['shared-pool/platform-stack.ts', '    this.orders.addScope(\'list\'', '    this.orders.addScope(\'cancel\', \'Cancel orders\');\n    this.orders.addScope(\'list\''],
        ['shared-pool/orders-stack.ts', 'scopes: [read, write] }', 'scopes: [read, write, orders.scope(\'cancel\')] }'],
        ['shared-pool/orders-stack.ts', '    api.addRoute(\'GET /health\'', `
    api.addRoute('DELETE /orders/{id}', { access: Access.anyOf(orders.scope('cancel')), handler });
    api.addRoute('GET /health'`],
      ],
      come: ['orders/cancel'],
      go: [],
    },
    {
      title: 'renames a scope of each resource server',
      edits: [
        ['shared-pool/platform-stack.ts', 'addScope(\'write\'', 'addScope(\'change\''],
        ['shared-pool/catalog-stack.ts', 'scope(\'write\')', 'scope(\'change\')'],
        ['shared-pool/orders-stack.ts', 'scope(\'write\')', 'scope(\'change\')'],
      ],
      come: ['catalog/change', 'orders/change'],
      go: ['catalog/write', 'orders/write'],
    },
    {
      title: 'removes the deprecated scope, whose client has the one that replaces it',
      edits: [
        ['shared-pool/platform-stack.ts', 'const read = this.orders.addScope', 'this.orders.addScope'],
        ['shared-pool/platform-stack.ts', `    this.orders.addScope('list', 'List orders', {
      deprecated: { replacedBy: read, removeAfter: '2030-06-30', reason: 'whoever lists orders reads them too' },
    });
`, ''],
        ['shared-pool/orders-stack.ts', '    const list = orders.scope(\'list\');\n', ''],
        ['shared-pool/orders-stack.ts', 'scopes: [list]', 'scopes: [read]'],
        ['shared-pool/orders-stack.ts', 'anyOf(read, list)', 'anyOf(read)'],
      ],
      come: [],
      go: ['orders/list'],
    },
  ],
};

const PARTNER_M2M: Example = {
  name: 'partner-m2m',
  apps: [{ file: 'partner-m2m/app.ts' }],
  changes: [
    {
      title: 'adds a scope, with a route that needs it and a partner that has it',
      edits: [
        ['partner-m2m/access.yaml', '      readings.read:', '      stations.write: Say where your own stations are\n      readings.read:'],
        ['partner-m2m/access.yaml', '  GET /stations/{id}/readings:', '  PUT /stations/{id}: { anyOf: [tides/stations.write] }\n  GET /stations/{id}/readings:'],
        ['partner-m2m/access.yaml', '  GullwingHarbour: { kind: machine, scopes: [', '  GullwingHarbour: { kind: machine, scopes: [tides/stations.write, '],
        ['partner-m2m/tides-stack.ts', '      \'GET /stations\': { handler },\n', '      \'GET /stations\': { handler },\n      \'PUT /stations/{id}\': { handler, ...body },\n'],
      ],
      come: ['tides/stations.write'],
      go: [],
    },
    {
      title: 'renames a scope that all 66 partners have',
      edits: [['partner-m2m/access.yaml', 'forecasts.read', 'forecasts.view']],
      come: ['tides/forecasts.view'],
      go: ['tides/forecasts.read'],
    },
    {
      title: 'removes a scope that some partners have',
      edits: [
        ['partner-m2m/access.yaml', '      alerts.read: See flood alerts\n', ''],
        ['partner-m2m/access.yaml', '[tides/alerts.read, tides/alerts.send]', '[tides/alerts.send]'],
        ['partner-m2m/access.yaml', ', tides/alerts.read]', ']'],
      ],
      come: [],
      go: ['tides/alerts.read'],
    },
  ],
};

export const EXAMPLES: readonly Example[] = [PHOTO_ALBUM, TWO_POOLS, SHARED_POOL, PARTNER_M2M];
