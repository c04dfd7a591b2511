import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWith } from './fake-io';
import { COMMANDS } from '../../src/cli/commands';
import { readAccessModel, writeAccessModel } from '../../src/model/model-json';

const PLAIN = 'test/fixtures/plain.yaml';
const MESSAGE = /^\[[A-Z][A-Za-z]+\] .+; expected .+; .+$/;

describe('matrix', () => {
  test('shows who can call what', async () => {
    const { exitCode, stdout, stderr } = await runWith(['matrix', PLAIN]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(`4 methods, 2 clients

photo-api-dev

method        needs         AlbumApp  NightlyExport  anyone
────────────  ────────────  ────────  ─────────────  ──────
GET /health   nothing       open      open           open
GET /photos   photos.read   access    access         -
POST /photos  photos.write  access    -              -
GET /profile  ID token      id        -              -

access: with an access token   id: with an ID token   open: without a token

scopes of
  https://photos.example.com  photos.read, photos.write
`);
  });

  test('writes JSON', async () => {
    const { stdout } = await runWith(['matrix', PLAIN, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, principals: [{ id: 'anonymous' }, { name: 'AlbumApp' }, { name: 'NightlyExport' }] });
  });

  test('reads a template from standard input', async () => {
    const { stdout } = await runWith(['matrix', '-'], { readStdin: async () => readFileSync(PLAIN, 'utf8') });
    expect(stdout).toContain('GET /photos');
  });

  test('takes what follows two dashes for a path', async () => {
    expect((await runWith(['matrix', '--', '--odd.json'])).stderr).toMatch(/^\[InputNotFound\] --odd\.json does not exist/);
  });

  test('reads a cloud assembly', async () => {
    expect((await runWith(['matrix', 'test/fixtures/l2-two-stacks'])).stdout).toContain('PhotoApi');
  });

  test('reads cdk.out without a path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-'));
    const before = process.cwd();
    try {
      process.chdir(folder);
      const { exitCode, stderr } = await runWith(['matrix']);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^\[InputNotFound\] cdk\.out does not exist/);
    } finally {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    }
  });

  test('writes to a file and nothing to standard output', async () => {
    const { stdout, files } = await runWith(['matrix', PLAIN, '--output', 'matrix.txt'], { isTTY: true, columns: 40 });
    expect(stdout).toBe('');
    expect(files['matrix.txt']).toContain('access: with an access token   id: with an ID token');
    expect(files['matrix.txt']).not.toContain('\u001b');
  });

  test('follows the width of the terminal', async () => {
    const { stdout } = await runWith(['matrix', 'test/fixtures/l2-two-stacks'], { isTTY: true, columns: 70 });
    expect(stdout).toContain('callers');
    expect(Math.max(...stdout.split('\n').map((line) => line.replace(/\u001b\[\d+m/g, '').length))).toBeLessThanOrEqual(70);
  });
});

describe('model', () => {
  test('writes the access model, which is read as it was written', async () => {
    const { exitCode, stdout } = await runWith(['model', PLAIN]);
    expect(exitCode).toBe(0);
    expect(writeAccessModel(readAccessModel(stdout))).toBe(stdout);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, clients: [{ name: 'AlbumApp' }, { name: 'NightlyExport' }] });
  });

  test('has no other form', async () => {
    expect((await runWith(['model', PLAIN, '--format', 'text'])).stderr).toMatch(/^\[Usage\] /);
  });
});

test('COLUMNS sets the width of text, of a file and of help', async () => {
  const env = { COLUMNS: '44' };
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  expect(widest((await runWith(['matrix', PLAIN], { env })).stdout)).toBeLessThanOrEqual(44);
  expect(widest((await runWith(['matrix', PLAIN, '--output', 'x'], { env })).files.x)).toBeLessThanOrEqual(44);
  expect((await runWith(['matrix', PLAIN, '--output', 'x'], { columns: 44 })).files.x).toBe((await runWith(['matrix', PLAIN])).stdout);
  expect((await runWith(['--help'], { env })).stdout).not.toBe((await runWith(['--help'])).stdout);
});

describe('can', () => {
  test.each([
    ['NightlyExport', 'GET /photos', 0, 'yes: '],
    ['NightlyExport', 'POST /photos', 1, 'no: '],
    ['plain/AlbumApp', 'GET /profile', 0, 'yes: '],
    ['anonymous', 'GET /health', 0, 'yes: '],
    ['anonymous', 'GET /photos', 1, 'no: '],
  ])('%s %s exits with %d', async (client, route, exitCode, start) => {
    const outcome = await runWith(['can', client, route, PLAIN]);
    expect(outcome).toMatchObject({ exitCode, stderr: '' });
    expect(outcome.stdout.startsWith(start)).toBe(true);
  });

  test('exits with 1 where the answer cannot be known', async () => {
    const { exitCode, stdout } = await runWith(['can', 'conditions/PartnerClient', 'GET /', 'test/fixtures/conditions.yaml']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^cannot be known: /);
  });

  test('finds a client without a name by what the matrix calls it', async () => {
    const [byName, byId] = await Promise.all(['PartnerClient', 'conditions/PartnerClient']
      .map((client) => runWith(['can', client, 'GET /', 'test/fixtures/conditions.yaml'])));
    expect(byName).toEqual(byId);
  });

  test('exits with 1 where two methods of one route exclude each other', async () => {
    const method = (Condition: string, more: object) => ({
      Type: 'AWS::ApiGateway::Method',
      Condition,
      Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET', ...more },
    });
    const template = JSON.stringify({
      Parameters: { Mode: { Type: 'String' } },
      Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Mode' }, 'open'] }, Closed: { 'Fn::Not': [{ Condition: 'Open' }] } },
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
        Strict: method('Closed', { AuthorizationType: 'AWS_IAM' }),
        Lax: method('Open', { AuthorizationType: 'NONE' }),
      },
    });
    const { exitCode, stdout, stderr } = await runWith(['can', 'anonymous', 'GET /', '-'], { readStdin: async () => template });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^cannot be known: /);
  });

  test.each([
    [['GET', '/photos', PLAIN]],
    [['get', '/photos', PLAIN, '--api', 'photo-api-dev']],
    [['--no-color', 'GET', '/photos', '--', PLAIN]],
  ])('takes a route of two words: %j', async (words) => {
    expect(await runWith(['can', 'NightlyExport', ...words])).toEqual(await runWith(['can', 'NightlyExport', 'GET /photos', PLAIN]));
  });

  test('does not take a path without a verb for a route of two words', async () => {
    expect((await runWith(['can', 'NightlyExport', 'GOT', '/photos'])).stderr).toContain('/photos does not exist');
  });

  test('writes JSON', async () => {
    const { stdout } = await runWith(['can', 'NightlyExport', 'GET /photos', PLAIN, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'allow', matchedScopes: ['https://photos.example.com/photos.read'] });
  });

  test('takes an API by name', async () => {
    expect((await runWith(['can', 'anonymous', 'GET /health', PLAIN, '--api', 'photo-api-dev'])).exitCode).toBe(0);
  });

  test('fails with one line per problem where client and route are both unknown', async () => {
    const { exitCode, stdout, stderr } = await runWith(['can', 'NightlyExprt', 'GET /photo', PLAIN]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^\[ClientUnknown\] .*expected "NightlyExport"; ask with the name or the id of a client, or with "anonymous"$/),
      expect.stringMatching(/^\[RouteUnknown\] .*expected "GET \/photos"/),
    ]);
  });
});

describe('help', () => {
  test('lists every command with its summary and the exit codes', async () => {
    const { exitCode, stdout } = await runWith(['--help'], { columns: 120 });
    expect(exitCode).toBe(0);
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(` ${name} .*${summary}`));
    expect(stdout).toContain('Exit codes:');
  });

  test.each(COMMANDS.map((command) => [command.name, command] as const))('of %s shows its arguments, options and examples', async (name, command) => {
    const { exitCode, stdout } = await runWith([name, '--help'], { columns: 120 });
    expect(exitCode).toBe(0);
    for (const argument of command.arguments) expect(stdout).toContain(argument.name);
    for (const option of command.options) expect(stdout).toContain(option.flags);
    for (const example of command.examples) expect(stdout).toContain(example);
  });

  test.each([
    [['help'], ['--help']],
    [['help', '--help'], ['--help']],
    [['-h'], ['--help']],
    [['help', 'matrix'], ['matrix', '--help']],
    [['help', 'can'], ['can', '-h']],
  ])('%j is %j', async (argv, same) => {
    const outcome = await runWith(argv);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(outcome).toEqual(await runWith(same));
  });

  test('goes to standard error where no command is given', async () => {
    const { exitCode, stdout, stderr } = await runWith([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage: protected-api');
  });
});

test('--version shows the version of the package', async () => {
  expect(await runWith(['--version'])).toMatchObject({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  expect(await runWith(['--version', 'matrix', PLAIN])).toMatchObject({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
});

describe('a wrong command line', () => {
  test.each([
    [['matrx'], '[Usage] command line has an unknown command, got "matrx"; expected "matrix"; see "protected-api --help"'],
    [['--wat'], '[Usage] command line has an unknown option, got "--wat"; expected one of "--help", "--version"; see "protected-api --help"'],
    [['matrix', 'a', 'b'], '[Usage] command matrix has too many arguments; expected "protected-api matrix [PATH]"; see "protected-api matrix --help"'],
    [['matrix', '--fromat', 'x'], '[Usage] command matrix has an unknown option, got "--fromat"; expected "--format"; see "protected-api matrix --help"'],
    [['matrix', '--format', 'xml'],
      '[Usage] command matrix has a wrong value of --format, got "xml"; expected one of "text", "json"; see "protected-api matrix --help"'],
    [['matrix', '--output'], '[Usage] command matrix lacks the value of --output <file>; expected a value after the option; see "protected-api matrix --help"'],
    [['matrix', ''], '[Usage] command matrix has an empty PATH; expected "protected-api matrix [PATH]"; see "protected-api matrix --help"'],
    [['can', 'X', ''], '[Usage] command can has an empty ROUTE; expected "protected-api can CLIENT ROUTE [PATH]"; see "protected-api can --help"'],
    [['matrix', '--output='],
      '[Usage] command matrix lacks the value of --output <file>; expected a value after the option; see "protected-api matrix --help"'],
    [['matrix', '--format', ''],
      '[Usage] command matrix has a wrong value of --format, got ""; expected one of "text", "json"; see "protected-api matrix --help"'],
    [['matrix', '--output', 'a', '--output=b'],
      '[Usage] command matrix has the option --output more than once; expected it once; see "protected-api matrix --help"'],
    [['matrix', '--format', 'text', '--format', 'json'],
      '[Usage] command matrix has the option --format more than once; expected it once; see "protected-api matrix --help"'],
    [['matrix', '--version'],
      '[Usage] command matrix has an unknown option, got "--version"; expected one of "--format", "--output", "--no-color", "--help"; see "protected-api matrix --help"'],
    [['sandbox', '-', '--watch'],
      '[Usage] command sandbox has --watch and a template on standard input; expected a path that can be read again; leave out --watch, or give the path of the assembly or template'],
    [['help', 'matrx'], '[Usage] command line has an unknown command, got "matrx"; expected "matrix"; see "protected-api --help"'],
    [['matrx', '--help'], '[Usage] command line has an unknown command, got "matrx"; expected "matrix"; see "protected-api --help"'],
    [['--', 'matrx'], '[Usage] command line has an unknown command, got "matrx"; expected "matrix"; see "protected-api --help"'],
    [[''], '[Usage] command line has an unknown command, got ""; expected one of "matrix", "can", "model", "sandbox", "token"; see "protected-api --help"'],
    [['can', 'X', 'GET', '/photos', 'a', 'b'],
      '[Usage] command can has too many arguments; expected "protected-api can CLIENT ROUTE [PATH]"; see "protected-api can --help"'],
    [['can', 'X'], '[Usage] command can lacks the argument ROUTE; expected "protected-api can CLIENT ROUTE [PATH]"; see "protected-api can --help"'],
  ])('%j fails with a usage problem', async (argv, message) => {
    expect(await runWith(argv)).toMatchObject({ exitCode: 2, stdout: '', stderr: `${message}\n` });
  });
});

describe('input and output', () => {
  test.each([
    ['a path that does not exist', 'test/nowhere'],
    ['a folder that is no assembly', 'test/cli'],
    ['a file that is no template', 'package.json'],
  ])('fails on %s with a problem on standard error', async (_, path) => {
    const { exitCode, stdout, stderr } = await runWith(['matrix', path]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(MESSAGE);
    expect(stderr).not.toContain('    at ');
  });

  test('an error that nobody foresaw shows where it happened, and exits with 2', async () => {
    const { exitCode, stderr } = await runWith(['matrix', PLAIN], { stdout: () => { throw new TypeError('broken'); } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('TypeError: broken\n    at ');
  });
});
