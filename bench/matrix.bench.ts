import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { MatrixRun } from './matrix-run';
import { median, show, type Figure } from './measure';

const ROUNDS = 5;
const MAX_RATIO = 5;
const MAX_MEGABYTES = 400;
const MAX_GROWTH = 12;

/** From the text of a large template to the text of its matrix, beside parsing the one and writing the other. */
export function benchMatrix(): Figure[] {
  const runs = Array.from({ length: ROUNDS }, () => ({ small: measure(1000, 1000), large: measure(10_000, 1000) }));
  const ratio = median(runs.map(({ small }) => small.whole / small.floor));
  const growth = median(runs.map(({ small, large }) => large.whole / small.whole));
  const memory = Math.max(...runs.map(({ small }) => small.megabytes));
  const [{ small }] = runs;
  return [{
    what: `template to matrix, 1,000 methods x 1,000 clients (${small.allowed} allowed pairs) / parsing and writing alone`,
    measured: `${show(ratio)} (${show(median(runs.map((run) => run.small.whole)), 0)} ms, ${show(median(runs.map((run) => run.small.floor)), 0)} ms)`,
    target: `at most ${MAX_RATIO}`, met: ratio <= MAX_RATIO,
  }, {
    what: 'memory of that process', measured: `${show(memory, 0)} MB`, target: `under ${MAX_MEGABYTES} MB`, met: memory < MAX_MEGABYTES,
  }, {
    what: 'time of 10,000 methods / 1,000 methods, both with 1,000 clients', measured: show(growth), target: `at most ${MAX_GROWTH}`, met: growth <= MAX_GROWTH,
  }];
}

/** Every measurement has a process of its own, for its memory. */
function measure(methods: number, clients: number): MatrixRun {
  const output = execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'matrix-run.ts'), String(methods), String(clients)], { encoding: 'utf8' });
  return JSON.parse(output) as MatrixRun;
}
