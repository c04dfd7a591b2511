/** Shows in a clone what the library is for: an app is synthesized, its template says who can call what, and the sandbox serves it. */
import pc from 'picocolors';
import { CLI, run, startSandbox } from './commands';
import { tellStory } from './story';
import { expectAnswer, tell, unexpectedAnswers } from './tell';

void main().then((exitCode) => {
  process.exitCode = exitCode;
}, (error: Error) => {
  console.error(pc.red(`failed: ${error.stack}`));
  process.exitCode = 1;
});

async function main(): Promise<number> {
  run([require.resolve('tsx/cli'), 'scripts/bundle-cli.ts'], { quiet: true });
  tell('Synthesize the photo album: one resource server, two scopes, two clients, one API. No AWS account is involved.');
  type('npx cdk synth --quiet');
  run([require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices'], { quiet: true });

  tell('Who can call what? The answer is read from the template, not from the program that made it.');
  command('matrix');
  tell('One call in question, and why. "No" is exit code 1, so that a pipeline can ask.');
  command('can', 'NightlyExport', 'POST /photos');

  tell('Serve it on this machine: tokens as Cognito issues them, methods as API Gateway protects them.');
  type(`node ${CLI} sandbox`);
  const sandbox = await startSandbox();
  try {
    await tellStory(sandbox.description);
  } finally {
    expectAnswer('the sandbox stops, exit code', await sandbox.stop(), 0);
  }
  const unexpected = unexpectedAnswers();
  tell(unexpected === 0 ? 'Every answer was the expected one. "npm run sandbox" leaves the sandbox running.' : `${unexpected} answers were not the expected ones.`);
  return unexpected === 0 ? 0 : 1;
}

function command(...args: string[]): void {
  type(['node', CLI, ...args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg))].join(' '));
  run([CLI, ...args], { exitCode: args[0] === 'can' ? 1 : 0 });
}

function type(words: string): void {
  console.log(`${pc.dim('$')} ${pc.cyan(words)}\n`);
}
