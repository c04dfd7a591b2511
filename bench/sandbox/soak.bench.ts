import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { mockTemplate } from './mock-template';
import { startProgram } from './program';
import type { SoakRun } from './soak-run';
import { median, show, type Figure } from '../measure';

const REQUESTS = 200_000;
const MAX_GROWTH = 1.1;

/** Many requests with good and bad tokens: memory, and verdicts. */
export async function benchSandboxSoak(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const program = join(folder, 'soak-run.js');
    buildSync({ entryPoints: [join(__dirname, 'soak-run.ts')], bundle: true, platform: 'node', target: 'node20', outfile: program });
    const run = await startProgram(['--expose-gc', program, mockTemplate(10), `${REQUESTS}`]);
    const { heaps, resident, wrong, asked } = JSON.parse(run.line) as SoakRun;
    const third = Math.floor(heaps.length / 3);
    const [middle, last] = [median(heaps.slice(third, 2 * third)), median(heaps.slice(2 * third))];
    const what = `${asked.toLocaleString('en-US')} requests with good and bad tokens`;
    return [{
      what: `${what}: heap of the last third / of the middle third`,
      measured: `${show(last / middle)} (${show(last, 1)} MB, ${show(middle, 1)} MB; resident ${show(resident, 0)} MB)`,
      target: `at most ${show(MAX_GROWTH, 1)}`,
      met: last / middle <= MAX_GROWTH,
    }, {
      what: `${what}: wrong verdicts`,
      measured: `${wrong}`,
      target: '0',
      met: wrong === 0 && asked === REQUESTS,
    }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
