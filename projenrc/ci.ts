import type { awscdk } from 'projen';

/** The checks of the packed package; `.ci/run` runs them after all others. */
export function configureCi(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('smoke', {
    description: 'Install the packed package in an empty app and use it',
    exec: 'tsx scripts/smoke.ts',
    receiveArgs: true,
  });
}
