/** Shows in a clone what the library is for: an app is synthesized, and its template says who can call what. */
import { spawnSync, type StdioOptions } from 'node:child_process';
import { join } from 'node:path';
import pc from 'picocolors';

const ROOT = join(__dirname, '..');
const CLI = 'bin/protected-api.js';

/** What stands before a command, and the command as one types it. */
interface Step {
  readonly says: string;
  readonly types: string;
  readonly runs: readonly string[];
  /** 0 unless the answer is a no. */
  readonly exitCode?: number;
  /** Shows what the command prints only when it fails. */
  readonly quiet?: boolean;
}

const STEPS: readonly Step[] = [
  {
    says: 'Synthesize the photo album: one resource server, two scopes, two clients, one API. No AWS account is involved.',
    types: 'npx cdk synth --quiet',
    runs: [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices'],
    quiet: true,
  },
  ask('Who can call what? The answer is read from the template, not from the program that made it.', 'matrix', 'cdk.out'),
  ask('The same question to a template that nobody wrote with this library.', 'matrix', 'test/fixtures/plain.yaml'),
  { ...ask('One call in question, and why. "No" is exit code 1, so that a pipeline can ask.', 'can', 'NightlyExport', 'POST /photos'), exitCode: 1 },
];

process.exitCode = main();

function main(): number {
  // The command line runs from its bundle, as users have it.
  if (!run([require.resolve('tsx/cli'), 'scripts/bundle-cli.ts'], 0, true)) return 1;
  for (const { says, types, runs, exitCode = 0, quiet = false } of STEPS) {
    console.log(`\n${pc.bold(says)}\n${pc.dim('$')} ${pc.cyan(types)}${quiet ? '' : '\n'}`);
    if (!run(runs, exitCode, quiet)) return 1;
  }
  return 0;
}

function ask(says: string, ...args: string[]): Step {
  const typed = args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg));
  return { says, types: ['node', CLI, ...typed].join(' '), runs: [CLI, ...args] };
}

function run(command: readonly string[], exitCode: number, quiet: boolean): boolean {
  const stdio: StdioOptions = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
  const { status, error, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT, stdio, encoding: 'utf8', env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  if (status === exitCode) return true;
  console.error(`${stdout ?? ''}${stderr ?? ''}${pc.red(`failed: ${error?.message ?? `exit code ${status}, expected ${exitCode}`}`)}`);
  return false;
}
