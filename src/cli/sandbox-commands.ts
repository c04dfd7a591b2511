import type { Command, CommandArgument, OptionValues } from './command';
import type { CliIo } from './io';
import { renderStart } from './render-sandbox-start';
import { askToken, findSandbox } from './running-sandbox';
import { ProblemError, type Problem } from '../model/problem';
import type { SandboxOptions } from '../sandbox/sandbox-options';

const PATH: CommandArgument = {
  name: 'PATH', description: 'cloud assembly, template file (JSON or YAML), or - for standard input', default: 'cdk.out',
};

/** `protected-api sandbox`. What it needs is loaded only when it runs: the other commands start as fast without it. */
export const SANDBOX: Command = {
  name: 'sandbox',
  summary: 'serve the templates on this machine, without AWS',
  arguments: [PATH],
  options: [
    { flags: '--port <port>', description: 'port to listen on; 0 takes a free one', default: '0' },
    { flags: '--watch', description: 'read the templates again after each synthesis; keys and users stay' },
    { flags: '--state <folder>', description: 'keep keys, users and secrets of clients in a folder' },
    { flags: '--users <file>', description: 'users of the user pools, as a list in JSON or YAML' },
    { flags: '--integration <mapping>', description: '\'GET /x=http://127.0.0.1:8080\': what runs behind a route; repeatable', repeatable: true },
    { flags: '--json', description: 'print one line of JSON with the URLs, then nothing' },
    { flags: '--host <address>', description: 'address to listen on; one that other machines reach needs --exposed', default: '127.0.0.1' },
    { flags: '--exposed', description: 'let other machines call the sandbox' },
  ],
  examples: [
    'protected-api sandbox',
    'protected-api sandbox cdk.out --port 4000 --watch --state .sandbox',
    'protected-api sandbox template.yaml --integration "GET /orders=http://127.0.0.1:8080/orders"',
  ],
  async run({ io, args: [path], options }) {
    if (path === '-' && options.watch) throw new ProblemError([NOTHING_TO_WATCH]);
    const stdin = path === '-' ? await io.readStdin() : undefined;
    const { startSandbox } = await import('../sandbox/sandbox.js');
    const stopped = io.untilStopped();
    const sandbox = await startSandbox({ path, stdin, ...sandboxOptions(io, options) });
    io.stdout(options.json ? `${JSON.stringify(sandbox.describe())}\n` : renderStart(sandbox, io.program));
    await stopped;
    await sandbox.close();
    return { output: [], exitCode: 0 };
  },
};

/** `protected-api token`. */
export const TOKEN: Command = {
  name: 'token',
  summary: 'print a token of a client, from a running sandbox',
  arguments: [{ name: 'CLIENT', description: 'name or id of a client' }],
  options: [
    { flags: '--scope <scope>', description: 'full scope name to ask for; repeatable; default all of the client', repeatable: true },
    { flags: '--user <name>', description: 'user to sign in, for a client of users; default the first of the user pool, or a new one' },
    { flags: '--id', description: 'the ID token instead of the access token' },
    { flags: '--url <url>', description: 'URL of the sandbox, where several run (also: PROTECTED_API_SANDBOX_URL)' },
  ],
  examples: ['protected-api token NightlyExport', 'curl -H "Authorization: Bearer $(protected-api token NightlyExport)" http://127.0.0.1:4000/apis/photos/prod/photos'],
  async run({ io, args: [client], options }) {
    const sandbox = findSandbox(options.url ?? io.env.PROTECTED_API_SANDBOX_URL);
    const tokens = await askToken(sandbox, { client, ...(options.scope && { scopes: options.scope }), ...(options.user && { user: options.user }) });
    const token = options.id ? tokens.idToken : tokens.accessToken;
    if (token === undefined) {
      throw new ProblemError([{
        code: 'Usage',
        subject: `client ${client}`,
        wrong: 'obtains no ID token',
        expected: 'a client of users with the scope openid, or of SDK sign-in',
        fix: 'ask without --id',
      }]);
    }
    return { output: [`${token}\n`], exitCode: 0 };
  },
};

/** Standard input is read once. */
const NOTHING_TO_WATCH: Problem = {
  code: 'Usage',
  subject: 'command sandbox',
  wrong: 'has --watch and a template on standard input',
  expected: 'a path that can be read again',
  fix: 'leave out --watch, or give the path of the assembly or template',
};

function sandboxOptions(io: CliIo, options: OptionValues): Omit<SandboxOptions, 'path' | 'stdin'> {
  return {
    port: portOf(options.port ?? '0'),
    host: options.host,
    exposed: options.exposed,
    watch: options.watch,
    stateFolder: options.state,
    usersFile: options.users,
    integrations: options.integration,
    firstKey: io.firstKey,
    report: (line) => io.stderr(`${line}\n`),
    ...(options.json !== true && { logLine: (line: string) => io.stdout(`${line}\n`) }),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new ProblemError([{
    code: 'Usage',
    subject: 'command sandbox',
    wrong: 'has a wrong value of --port',
    got: text,
    expected: 'a number from 0 to 65535',
    fix: 'see "protected-api sandbox --help"',
  }]);
}
