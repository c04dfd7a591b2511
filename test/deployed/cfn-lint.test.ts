import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CFN_LINT, lintTemplates } from './cfn-lint';
import { guardFolder, temporaryFolder } from './guarded-folder';
import { describeWith } from './python-tools';

const ROOT = resolve(__dirname, '../..');

/** Findings that are meant. */
const INTENDED: readonly { readonly rule: string; readonly files: RegExp }[] = [
  { rule: 'W1028', files: /^test\/fixtures\/conditions\.yaml$/ }, // branches that a condition never takes
  { rule: 'E3030', files: /^test\/contract\/contract\.yaml$/ }, // ALLOW_CLIENT_TOKEN_AUTH, which the service takes and its published model lacks
  { rule: 'W3037', files: /^integ\/.*DeployAssert[0-9A-F]{8}\.template\.json$/ }, // integ-tests makes an IAM action of each operation
  { rule: 'W6001', files: /^integ\/integ\.foreign\..*\/ForeignInteg\.template\.json$/ }, // outputs with client ids, so that the CDK imports them
];

describeWith(CFN_LINT, 'cfn-lint 1.58.0', (python) => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(() => {
    folder = temporaryFolder();
    remove = guardFolder(folder);
  });
  afterAll(() => remove());

  test.each([
    ['finds a slash in a scope name', 'photos/read', [expect.stringContaining('photos/read')]],
    ['finds nothing in a scope name without a slash', 'photos.read', []],
  ])('%s', (_, scope, findings) => {
    const file = join(folder, 'scope.template.json');
    writeFileSync(file, JSON.stringify(resourceServer(scope)));
    expect(lintTemplates(python, [file])).toEqual(findings);
  });

  test.each(appFiles())('finds nothing in what examples/%s synthesizes', (file) => {
    const assembly = join(folder, file);
    execFileSync('npx', ['tsx', '--tsconfig', 'tsconfig.dev.json', `examples/${file}`], {
      cwd: ROOT, env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'ignore', 'pipe'],
    });
    const files = templatesIn(assembly);
    expect(files).not.toHaveLength(0);
    expect(lintTemplates(python, files)).toEqual([]);
  });

  describe('in the templates of integ/ and test/', () => {
    const files = ['integ', 'test'].flatMap((top) => templatesIn(join(ROOT, top))).map((file) => relative(ROOT, file));
    let findings: string[];
    beforeAll(() => { findings = lintTemplates(python, files.map((file) => join(ROOT, file))); });

    const has = (rule: string) => (finding: string) => finding.includes(`:${rule}:`);
    test.each(files)('finds nothing unintended in %s', (file) => {
      const rules = INTENDED.filter(({ files: some }) => some.test(file)).map(({ rule }) => rule);
      const ofFile = findings.filter((finding) => finding.startsWith(`${join(ROOT, file)}:`));
      expect(ofFile.filter((finding) => !rules.some((rule) => has(rule)(finding)))).toEqual([]);
    });

    test.each(INTENDED)('finds $rule, which is intended in $files', ({ rule }) => {
      expect(findings.filter(has(rule))).not.toEqual([]);
    });
  });
});

function appFiles(): string[] {
  return readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' }).filter((file) => /(^|[/-])app\.ts$/.test(file)).sort();
}

function templatesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(template\.json|ya?ml)$/.test(file))
    .map((file) => join(folder, file)).filter((file) => /^Resources:|"Resources":/m.test(readFileSync(file, 'utf8'))).sort();
}

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
