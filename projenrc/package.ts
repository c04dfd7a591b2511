import type { awscdk } from 'projen';

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
  // The command line and the sandbox are shipped bundled, in bin/.
  project.npmignore!.exclude('/lib/cli/', '/lib/sandbox/');
  project.npmignore!.include('/bin/', '/schema/');
  project.npmignore!.exclude('cdk.out');

  project.gitignore.exclude('/bin/', 'cdk.out', '/cdk.context.json', '*.tgz');
}
