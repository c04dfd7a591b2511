import type { awscdk } from 'projen';

const RUN = 'integ-runner --directory integ --language typescript --app "tsx --tsconfig tsconfig.dev.json scripts/integ-app.ts {filePath}"';

/** integ-runner looks for credentials though it needs none: these stop the search, which takes seconds. */
const NO_AWS = {
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
};

/** Snapshots of whole stacks in integ/, recorded and verified without AWS. */
export function configureInteg(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('integ', {
    description: 'Verify the snapshots in integ/',
    env: { ...NO_AWS, INTEG_SNAPSHOT: 'verify' },
    exec: RUN,
    receiveArgs: true,
  });
  project.addTask('integ:update', {
    description: 'Record the snapshots in integ/ again',
    env: { ...NO_AWS, INTEG_SNAPSHOT: 'record' },
    exec: `${RUN} --force --dry-run --parallel-regions us-east-1`,
    receiveArgs: true,
  });
  project.addTask('integ:deploy', {
    description: 'Deploy the stacks in integ/ with your AWS credentials, check them and destroy them',
    exec: `${RUN} --force`,
    receiveArgs: true,
  });
  project.gitignore.exclude('cdk-integ.out*', '/integ/*.snapshot/asset.*', '/integ/*.snapshot/tree.json');
  project.annotateGenerated('/integ/*.snapshot/**');
}
