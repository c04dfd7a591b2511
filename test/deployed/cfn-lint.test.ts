import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CFN_LINT, lintTemplates } from './cfn-lint';
import { describeWith } from './python-tools';

describeWith(CFN_LINT, 'cfn-lint 1.58.0', (python) => {
  let folder: string;
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'protected-api-lint-')); });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds a slash in a scope name', () => {
    const file = join(folder, 'bad.template.json');
    writeFileSync(file, JSON.stringify(resourceServer('photos/read')));
    expect(lintTemplates(python, [file])).toEqual([expect.stringContaining('photos/read')]);
  });

  test('finds nothing where the scope name has none', () => {
    const file = join(folder, 'good.template.json');
    writeFileSync(file, JSON.stringify(resourceServer('photos.read')));
    expect(lintTemplates(python, [file])).toEqual([]);
  });
});

function resourceServer(scope: string): object {
  return {
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
      Photos: {
        Type: 'AWS::Cognito::UserPoolResourceServer',
        Properties: {
          UserPoolId: { Ref: 'Pool' },
          Identifier: 'https://photos.example.com',
          Name: 'photos',
          Scopes: [{ ScopeName: scope, ScopeDescription: 'View photos' }],
        },
      },
    },
  };
}
