import type { awscdk } from 'projen';

/** What the types of `cdk-protected-api/sandbox` are made of. */
const SANDBOX_TYPES = ['sandbox-server', 'description', 'sandbox-log'];

/** What the npm package holds, how it is locked, and which bindings the ordinary build makes. */
export function configurePackage(project: awscdk.AwsCdkConstructLibrary): void {
  project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
  // Later versions leave platform packages out of the lock, and `npm ci` refuses it.
  project.package.addPackageResolutions('unrs-resolver@1.12.2');
  project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

  // The other bindings need toolchains of their own: they stay as tasks `package:<language>`.
  const packageAll = project.tasks.tryFind('package-all')!;
  packageAll.reset();
  packageAll.spawn(project.tasks.tryFind('package:js')!);

  project.package.addField('exports', {
    '.': './lib/index.js',
    './sandbox': { types: './lib/sandbox/sandbox-server.d.ts', default: './bin/sandbox.js' },
    './package.json': './package.json',
    './.jsii': './.jsii',
    './.warnings.jsii.js': './.warnings.jsii.js',
    './schema/*.json': './schema/*.json',
  });

  for (const folder of ['bench', 'docs', 'examples', 'integ', 'projenrc', 'scripts', '.ci']) {
    project.npmignore!.exclude(`/${folder}/`);
  }
  for (const file of ['.editorconfig', 'cdk.json', 'CONTRIBUTING.md', 'SECURITY.md', 'tsconfig.dev.json']) {
    project.npmignore!.exclude(`/${file}`);
  }
  // Compilers that do not read `exports` find the types here.
  project.package.addField('typesVersions', { '*': { sandbox: ['./lib/sandbox/sandbox-server.d.ts'] } });

  // The command line and the sandbox are shipped bundled, in bin/; of the sandbox also the types of what tests import.
  project.npmignore!.exclude('/lib/cli/', '/lib/sandbox/**');
  project.npmignore!.include('/bin/', '/schema/', ...SANDBOX_TYPES.map((name) => `/lib/sandbox/${name}.d.ts`));
  project.npmignore!.exclude('cdk.out');

  project.gitignore.exclude('/bin/', 'cdk.out', '/cdk.context.json', '*.tgz');
}
