import type { awscdk } from 'projen';

/** Checks of what the build made; `.ci/run` runs them after it. */
export function configureCi(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('examples', {
    description: 'Compile the examples in docstrings and README',
    exec: 'jsii-rosetta extract --strict --compile .jsii',
  });
  project.gitignore.exclude('/.jsii.tabl.json');
  project.npmignore!.exclude('/.jsii.tabl.json', '/rosetta/');

  project.addTask('smoke', {
    description: 'Install the packed package in an empty app and use it',
    exec: 'tsx scripts/smoke.ts',
    receiveArgs: true,
  });
}
