import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { allowedBy, APPS, matrixOf, synthesize, templatesIn } from './apps';
import { PlatformStack } from '../../examples/shared-pool/platform-stack';

const EXAMPLES = join(__dirname, '../../examples');

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'protected-api-architectures-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two pools', () => {
  let template: Template;
  beforeAll(() => { template = templatesOf('two-pools/app.ts').Shop; });

  test('have an authorizer for each set of user pools that a route takes tokens of', () => {
    const authorizers = template.findResources('AWS::ApiGateway::Authorizer');
    const poolsOf = (id: string) => authorizers[id].Properties.ProviderARNs.map((arn: GetAtt) => (/Staff/.test(arn['Fn::GetAtt'][0]) ? 'staff' : 'customers')).sort();
    expect(Object.keys(authorizers).map((id) => poolsOf(id).join(' and ')).sort()).toEqual(['customers', 'customers and staff', 'staff']);
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties);
    const demanding = (scope: string) => methods.filter(({ AuthorizationScopes }) => AuthorizationScopes?.includes(scope))
      .map(({ AuthorizationScopes, AuthorizerId }) => `${AuthorizationScopes.length}: ${poolsOf(AuthorizerId.Ref).join(' and ')}`);
    expect(demanding('https://customers.example.com/orders.place')).toEqual(expect.arrayContaining(['1: customers', '2: customers and staff']));
    expect(demanding('https://staff.example.com/orders.ship')).toEqual(expect.arrayContaining(['1: staff', '2: customers and staff']));
    expect(demanding('https://staff.example.com/stock.write')).toEqual(['1: staff']);
  });

  test('let customers and staff see an order, customers place one, and the staff do the rest', () => {
    const customer = ['GET /me', 'POST /orders', 'GET /orders/{id}', 'DELETE /orders/{id}'];
    expect(allowedBy(matrixOf(join(folder, 'two-pools/app.ts')))).toEqual({
      BackOffice: ['GET /me', 'GET /orders', 'GET /orders/{id}', 'DELETE /orders/{id}', 'PUT /orders/{id}/shipment'],
      Phone: customer,
      StockCounter: ['PUT /stock/{product}'],
      Storefront: customer,
      anonymous: ['GET /health'],
    });
  });
});

describe('a shared pool', () => {
  let templates: Record<string, Template>;
  beforeAll(() => { templates = { ...templatesOf('shared-pool/app.ts'), ...templatesOf('shared-pool/orders-app.ts') }; });

  test('is known elsewhere through a manifest that says what the platform declares', () => {
    const { orders } = new PlatformStack(new App(), 'Platform');
    expect(readFileSync(join(EXAMPLES, 'shared-pool/orders.manifest.json'), 'utf8')).toBe(orders.toManifest());
  });

  test('is all that a stack of the same app imports: scopes are literals', () => {
    const imports = JSON.stringify(templates.Catalog.toJSON()).match(/"Fn::ImportValue":"[^"]+"/g)!;
    expect([...new Set(imports)].sort()).toEqual([
      expect.stringMatching(/^"Fn::ImportValue":"Platform:ExportsOutputFnGetAttCatalogUserPool\w+Arn\w+"$/),
      expect.stringMatching(/^"Fn::ImportValue":"Platform:ExportsOutputRefCatalogUserPool\w+"$/),
    ]);
    expect(scopesOf(templates.Catalog)).toEqual(['catalog/read', 'catalog/write', 'openid']);
    const exported = Object.entries(templates.Platform.findOutputs('*')).filter(([, output]) => output.Export !== undefined);
    expect(exported.map(([name]) => name).sort()).toEqual([
      expect.stringMatching(/^ExportsOutputFnGetAttCatalogUserPool\w+Arn/), expect.stringMatching(/^ExportsOutputRefCatalogUserPool/),
    ]);
  });

  test('has a domain, whether or not a client of its own app needs one', () => {
    const template = Template.fromStack(new PlatformStack(new App(), 'Platform'));
    template.resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
  });

  test('is deployed before the stack that uses it', () => {
    const app = new App();
    APPS['shared-pool/app.ts'](app);
    expect(app.synth().stacks.map(({ stackName, dependencies }) => [
      stackName, dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    ])).toEqual([['Platform', []], ['Catalog', ['Platform']]]);
  });

  test('has a deprecated scope that one client of another app still asks for', () => {
    expect(scopesOf(templates.Orders)).toEqual(['orders/list', 'orders/read', 'orders/write']);
    expect(allowedBy(matrixOf(join(folder, 'shared-pool/orders-app.ts')))).toMatchObject({ Reports: ['GET /orders'] });
  });
});

describe('partners', () => {
  test('are machines with the scopes that the file states, and no others', () => {
    const template = templatesOf('partner-m2m/app.ts').Tides;
    const { clients } = parse(readFileSync(join(EXAMPLES, 'partner-m2m/access.yaml'), 'utf8')) as { clients: Record<string, { scopes: string[] }> };
    const defined = Object.values(template.findResources('AWS::Cognito::UserPoolClient')).map(({ Properties }) => Properties);
    expect(Object.keys(clients)).toHaveLength(66);
    expect(Object.fromEntries(defined.map(({ ClientName, AllowedOAuthScopes }) => [ClientName, AllowedOAuthScopes])))
      .toEqual(Object.fromEntries(Object.entries(clients).map(([name, { scopes }]) => [name, scopes])));
    expect(defined.filter(({ GenerateSecret, AllowedOAuthFlows }) => GenerateSecret !== true || AllowedOAuthFlows.join() !== 'client_credentials')).toEqual([]);
  });

  test('have the access that the routes of the file demand', () => {
    const allowed = allowedBy(matrixOf(join(folder, 'partner-m2m/app.ts')));
    expect(allowed.AmberlineSurf).toEqual(['GET /stations/{id}/forecast']);
    expect(allowed.AmberlineFerries).toEqual(['GET /stations', 'GET /stations/{id}/forecast']);
    expect(Object.keys(allowed).filter((name) => allowed[name].includes('POST /alerts'))).toEqual(['RedbuoyHarbour']);
    expect(allowed.anonymous).toEqual(['GET /health']);
  });
});

interface GetAtt {
  readonly 'Fn::GetAtt': readonly [string, string];
}

/** Templates of an app by the name of their stack. */
function templatesOf(file: string): Record<string, Template> {
  const texts = templatesIn(synthesize(file, join(folder, file)));
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name.split('.')[0], Template.fromString(text)]));
}

/** Scopes that clients may ask for. */
function scopesOf(template: Template): string[] {
  const clients = Object.values(template.findResources('AWS::Cognito::UserPoolClient'));
  return [...new Set(clients.flatMap(({ Properties }) => Properties.AllowedOAuthScopes as string[]))].sort();
}
