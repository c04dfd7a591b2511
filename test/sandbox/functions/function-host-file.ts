import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Bundles the program that runs functions, once for each worker of the tests, and returns its path. */
export function functionHostFile(): string {
  const file = join(tmpdir(), `function-host-${process.pid}`, 'function-host.js');
  if (!existsSync(file)) bundleForNode('src/sandbox/functions/function-host.ts', file);
  return file;
}

/** Bundles a program, in a process of its own: esbuild does not run inside Jest, whose typed arrays are of another realm. */
export function bundleForNode(entry: string, file: string): void {
  const options = { entryPoints: [join(ROOT, entry)], outfile: file, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
  execFileSync(process.execPath, ['-e', `require('esbuild').buildSync(${JSON.stringify(options)})`], { cwd: ROOT });
}
