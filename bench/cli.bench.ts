import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show, timeInTurn, type Figure } from './measure';

const ROOT = join(__dirname, '..');
const MAX_RATIO = 3;

/** Wall time of `matrix` on the photo album beside a Node.js that does nothing. */
export function benchCli(): Figure[] {
  const assembly = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('npx', ['tsx', '--tsconfig', 'tsconfig.dev.json', 'examples/photo-album/app.ts'], {
      cwd: ROOT, env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'ignore', 'inherit'],
    });
    const matrix = () => run([join(ROOT, 'bin', 'protected-api.js'), 'matrix', assembly]);
    const pair = timeInTurn(matrix, () => run(['-e', '0']), 21);
    return [{
      what: 'wall time of `protected-api matrix` on the photo album / `node -e 0`',
      measured: `${show(pair.ratio)} (${show(pair.a, 0)} ms, ${show(pair.b, 0)} ms)`,
      target: `at most ${MAX_RATIO}`,
      met: pair.ratio <= MAX_RATIO,
    }];
  } finally {
    rmSync(assembly, { recursive: true });
  }
}

function run(args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}
