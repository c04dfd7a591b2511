import type { awscdk } from 'projen';

const RUN = 'integ-runner --directory integ --language typescript --app "tsx --tsconfig tsconfig.dev.json scripts/integ-app.ts {filePath}"';

/** Snapshots of whole stacks in integ/, recorded and verified without AWS. */
export function configureInteg(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('integ', {
    description: 'Verify the snapshots in integ/',
    exec: RUN,
    receiveArgs: true,
  });
  project.addTask('integ:update', {
    description: 'Record the snapshots in integ/ again where they changed',
    exec: `${RUN} --update-on-failed --dry-run --parallel-regions us-east-1`,
    receiveArgs: true,
  });
  project.gitignore.exclude('cdk-integ.out*', '/integ/*.snapshot/asset.*');
}
