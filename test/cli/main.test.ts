import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundledCli } from './bundled-cli';

const PLAIN = 'test/fixtures/plain.yaml';

let cli: BundledCli;
let folder: string;
beforeAll(() => {
  cli = new BundledCli();
  folder = mkdtempSync(join(tmpdir(), 'main-'));
}, 60_000);
afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true });
});

test('--version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(cli.run(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

describe('standard input', () => {
  test('is read to its end, also from a slow writer', () => {
    const { exitCode, stdout } = cli.shell(`(head -c 300 ${PLAIN}; sleep 0.3; tail -c +301 ${PLAIN}) | protected-api can NightlyExport 'GET /photos' -`);
    expect({ exitCode, start: stdout.slice(0, 4) }).toEqual({ exitCode: 0, start: 'yes:' });
  });

  test('fails with one line where it is a folder', () => {
    const file = openSync(folder, 'r');
    const { exitCode, stdout, stderr } = cli.run(['matrix', '-'], { stdio: [file, 'pipe', 'pipe'] });
    closeSync(file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe('[InputUnreadable] standard input cannot be read, got "EISDIR"; expected a template in JSON or YAML; '
      + 'pipe a template into the command, or give its path\n');
  });

  test('that never ends is refused where it is too large', () => {
    const { exitCode, stderr } = cli.shell('yes | protected-api matrix -');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^\[InputTooLarge\] standard input is too large; expected at most \d+ bytes; /);
  });
});

describe('--output', () => {
  // Root may write everything, so that the command runs as nobody where the tests run as root.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  test.each([
    ['a file that is read-only', 0o777, 0o444],
    ['a folder that is read-only', 0o555, 0o666],
  ])('fails on %s, which stays as it was', (_, ofFolder, ofFile) => {
    chmodSync(folder, 0o755);
    const place = join(folder, `mode-${ofFile}`);
    mkdirSync(place);
    writeFileSync(join(place, 'matrix.txt'), 'before');
    chmodSync(join(place, 'matrix.txt'), ofFile);
    chmodSync(place, ofFolder);
    const template = join(folder, 'plain.yaml');
    writeFileSync(template, readFileSync(PLAIN));
    const { exitCode, stdout, stderr } = cli.run(['matrix', template, '--output', join(place, 'matrix.txt')], { ...nobody, cwd: folder });
    chmodSync(place, 0o755);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^\[OutputUnwritable\] output file .* cannot be written, got "EACCES"; expected .*; .*\n$/);
    expect(readFileSync(join(place, 'matrix.txt'), 'utf8')).toBe('before');
    expect(readdirSync(place)).toEqual(['matrix.txt']);
  });

  // What `/dev/stdout` links to, under a name that no defect can replace.
  (existsSync('/proc/self/fd') ? test : test.skip)('/proc/self/fd/1 is standard output, also where that is a file', () => {
    const file = join(folder, 'stdout.txt');
    expect(cli.shell(`protected-api matrix ${PLAIN} --output /proc/self/fd/1 | cat`).stdout).toContain('GET /photos');
    expect(cli.shell(`{ protected-api matrix ${PLAIN} --output /proc/self/fd/1; } > ${file}`).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('GET /photos');
  });
});

describe('a reader that closes early', () => {
  const many = (text: string) => `{"Resources": {${Array.from({ length: 20_000 }, (_, position) => `"C${position}": ${text}`).join(',')}}}`;
  const template = () => {
    const file = join(folder, 'many.json');
    writeFileSync(file, many('{"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": "p"}}'));
    return file;
  };

  test('of standard output is no failure', () => {
    const { stdout, stderr } = cli.shell(`protected-api matrix ${template()} --format json | head -1; echo "\${PIPESTATUS[0]}"`);
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });

  test('keeps the answer no', () => {
    const line = `protected-api can anonymous 'GET /photos' ${PLAIN} | true; echo "\${PIPESTATUS[0]}"`;
    expect(cli.shell(line)).toEqual({ exitCode: 0, stdout: '1\n', stderr: '' });
  });

  test('of standard error does not change the exit code', () => {
    expect(cli.shell('{ protected-api matrix nowhere 3>&1 1>&2 2>&3; echo $? >&2; } | true').stderr).toBe('2\n');
  });
});

// A full disk, where the system has one to test with.
(existsSync('/dev/full') ? test : test.skip)('standard output that cannot be written is a failure', () => {
  const { exitCode, stderr } = cli.shell(`protected-api matrix ${PLAIN} > /dev/full`);
  expect(exitCode).toBe(2);
  expect(stderr).toBe('[OutputUnwritable] standard output cannot be written, got "ENOSPC"; expected a reader or a disk with room; '
    + 'write elsewhere, or to a file with --output\n');
});
