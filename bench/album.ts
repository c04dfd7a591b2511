import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');
/** The program as it is packed. */
export const PROGRAM = join(ROOT, 'bin', 'protected-api.js');

let made: string | undefined;

/** Bundles the program and synthesizes the photo album, once in a run. Returns the folder of its assembly. */
export function album(): string {
  if (made !== undefined) return made;
  const assembly = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(assembly, { recursive: true }));
  execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('npx', ['tsx', '--tsconfig', 'tsconfig.dev.json', 'examples/photo-album/app.ts'], {
    cwd: ROOT, env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'ignore', 'inherit'],
  });
  return made = assembly;
}
