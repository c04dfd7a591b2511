import { join } from 'node:path';
import { buildMatrix } from '../../src/analysis/matrix';
import { ANONYMOUS } from '../../src/analysis/matrix-data';
import type { AccessModel } from '../../src/model/access-model';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

const fixture = (name: string) => modelFromTemplates(loadTemplates(join(__dirname, '..', 'fixtures', `${name}.json`)));

/** Who can call each route: names of clients with the token that opens it, or the kind of access where it opens to nobody. */
function callers(model: AccessModel): { [route: string]: string } {
  const { methods, principals, allowed, unknown } = buildMatrix(model);
  expect(unknown).toEqual([]);
  const names = new Map(principals.map(({ id, name }) => [id, name]));
  return Object.fromEntries(methods.map(({ id, verb, path, access }) => {
    const cells = allowed.filter(({ method }) => method === id).map(({ principal, token }) => `${names.get(principal)} (${token})`);
    return [`${verb} ${path}`, cells.length > 0 ? cells.join(', ') : access.kind];
  }));
}

describe('a template that the transform of SAM wrote', () => {
  const model = fixture('sam-processed');

  test('shows who can call what', () => {
    expect(callers(model)).toEqual({
      'GET /health': `${ANONYMOUS} (none)`,
      'GET /me': 'album (id)',
      'ANY /partner': 'album (access), export (access)',
      'GET /photos': 'album (access), export (access)',
      'POST /photos': 'album (access)',
      'OPTIONS /photos': `${ANONYMOUS} (none)`,
      'GET /signed': 'iam',
    });
  });

  test('has the generated stages, an API key and nothing that is not read', () => {
    expect(model.apis).toMatchObject([{ stages: [{ name: 'Stage' }, { name: 'prod' }], resourcePolicy: false }]);
    expect(model.methods.filter(({ apiKeyRequired }) => apiKeyRequired === true).map(({ path }) => path)).toEqual(['/partner']);
    expect(model.methods.find(({ verb }) => verb === 'OPTIONS')?.access).toEqual({ kind: 'public', reason: 'CORS preflight' });
    expect(model).not.toHaveProperty('notRead');
  });
});

describe('a template that the Serverless Framework wrote', () => {
  const model = fixture('serverless-framework');

  test('shows who can call what, with the user pool by its ARN', () => {
    expect(callers(model)).toEqual({
      'GET /me': 'idToken',
      'GET /metered': 'apiKey',
      'GET /photos': 'export (access)',
      'POST /photos': 'export (access)',
      'OPTIONS /photos': `${ANONYMOUS} (none)`,
      'DELETE /photos/{id}': 'anyOf',
      'GET /reports': 'iam',
      'ANY /{proxy+}': `${ANONYMOUS} (none)`,
    });
  });

  test('has the stage of its deployment, and scopes that are declared elsewhere', () => {
    expect(model.apis).toMatchObject([{ name: 'dev-photos', stages: [{ name: 'dev' }], resourcePolicy: false }]);
    const { methods } = buildMatrix(model);
    expect(methods.find(({ verb }) => verb === 'DELETE')?.access.externalScopes).toEqual(['photos/write']);
    expect(model).not.toHaveProperty('notRead');
  });
});
