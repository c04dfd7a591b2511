import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
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
