import { JsonFile, type awscdk } from 'projen';

/** The bundled command line, and the scripts people run in a clone. */
export function configureCli(project: awscdk.AwsCdkConstructLibrary): void {
  project.package.addBin({ 'protected-api': 'bin/protected-api.js' });

  // Part of `bundle`, which also bundles the Lambda handlers and runs before each compilation.
  project.bundler.bundleTask.spawn(project.addTask('bundle:cli', {
    description: 'Bundle the command line into bin/',
    exec: 'tsx scripts/bundle-cli.ts',
  }));

  const generate = project.addTask('generate', {
    description: 'Write the generated documents and schemas',
    exec: 'tsx scripts/generate.ts',
  });
  project.postCompileTask.spawn(generate);
  project.annotateGenerated('/docs/problems.md');
  project.annotateGenerated('/schema/*.json');

  project.addTask('demo', {
    description: 'Synthesize the photo album, show who can call what, serve it in the sandbox and call it',
    exec: 'tsx --tsconfig tsconfig.dev.json scripts/demo/demo.ts',
    receiveArgs: true,
    env: { NODE_NO_WARNINGS: '1' }, // the AWS SDK warns of Node.js versions that it will leave
  });
  project.addTask('sandbox', {
    description: 'Synthesize the photo album and serve it in the sandbox until it is stopped',
    steps: [
      { exec: 'tsx scripts/bundle-cli.ts' },
      { exec: 'cdk synth --quiet --no-notices' },
      { exec: 'node bin/protected-api.js sandbox', receiveArgs: true },
    ],
    env: { CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  project.addTask('bench', {
    description: 'Run the benchmarks',
    exec: 'tsx --tsconfig tsconfig.dev.json bench/run.ts',
    receiveArgs: true,
  });

  new JsonFile(project, 'cdk.json', {
    obj: { app: 'npx tsx --tsconfig tsconfig.dev.json examples/photo-album/app.ts' },
    marker: false,
  });
}
