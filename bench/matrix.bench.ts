import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { LargeTemplate } from './large-template';
import type { MatrixRun } from './matrix-run';
import { median, show, type Figure } from './measure';

const ROUNDS = 5;
/** Functions of the template have to be carried out, which parsing does not do. */
const MAX_RATIO = { literal: 5, parameter: 8 };
const MAX_MEGABYTES = 400;
const MAX_GROWTH = 12;

/** How many scopes the methods and clients share, few make many allowed pairs and many make few, and how they are written. */
const CASES: readonly Pick<LargeTemplate, 'scopes' | 'identifiers'>[] = [
  { scopes: 100, identifiers: 'literal' },
  { scopes: 500, identifiers: 'literal' },
  { scopes: 500, identifiers: 'parameter' },
];

/** From the text of a large template to the text of its matrix, beside parsing the one and writing the other. */
export function benchMatrix(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    // Bundled as the command line is.
    const program = join(folder, 'matrix-run.js');
    buildSync({ entryPoints: [join(__dirname, 'matrix-run.ts')], bundle: true, platform: 'node', target: 'node20', outfile: program });
    return CASES.flatMap((each) => figuresOf(program, each));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figuresOf(program: string, { scopes, identifiers }: typeof CASES[number]): Figure[] {
  const runs = Array.from({ length: ROUNDS }, () => ({
    small: measure(program, { methods: 1000, clients: 1000, scopes, identifiers }),
    large: measure(program, { methods: 10_000, clients: 1000, scopes, identifiers }),
  }));
  const ratio = median(runs.map(({ small }) => small.whole / small.floor));
  const growth = median(runs.map(({ small, large }) => large.whole / small.whole));
  const memory = Math.max(...runs.map(({ small }) => small.megabytes));
  const whole = median(runs.map(({ small }) => small.whole));
  const floor = median(runs.map(({ small }) => small.floor));
  const named = `${scopes} scopes${identifiers === 'parameter' ? ' with a parameter in them' : ''}`;
  const what = `1,000 methods x 1,000 clients, ${named} (${runs[0].small.allowed.toLocaleString('en-US')} allowed pairs)`;
  return [{
    what: `${what}: template to matrix / parsing and writing alone`,
    measured: `${show(ratio)} (${show(whole, 0)} ms, ${show(floor, 0)} ms)`,
    target: `at most ${MAX_RATIO[identifiers]}`,
    met: ratio <= MAX_RATIO[identifiers],
  }, {
    what: `${what}: memory of the process`,
    measured: `${show(memory, 0)} MB`,
    target: `under ${MAX_MEGABYTES} MB`,
    met: memory < MAX_MEGABYTES,
  }, {
    what: `10,000 methods / 1,000 methods, ${named}: time`,
    measured: show(growth),
    target: `at most ${MAX_GROWTH}`,
    met: growth <= MAX_GROWTH,
  }];
}

/** Every measurement has a process of its own, for its memory. */
function measure(program: string, { methods, clients, scopes, identifiers }: LargeTemplate): MatrixRun {
  const size = [methods, clients, scopes].map(String);
  return JSON.parse(execFileSync(process.execPath, [program, ...size, identifiers], { encoding: 'utf8' })) as MatrixRun;
}
