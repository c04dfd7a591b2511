import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { load } from './load';
import { mockTemplate } from './mock-template';
import { startProgram } from './program';
import { serve } from './served';
import { album } from '../album';
import { median, show, type Figure } from '../measure';

const ROUNDS = 7;
const SECONDS = 3;
const MIN_RATIO = 0.5;

/** An authorized request of a mock integration beside the framework of the sandbox with a constant answer. */
export async function benchSandboxMock(): Promise<Figure[]> {
  album();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const program = join(folder, 'constant-server.js');
  buildSync({ entryPoints: [join(__dirname, 'constant-server.ts')], bundle: true, platform: 'node', target: 'node20', minify: true, outfile: program });
  const constant = await startProgram([program]);
  const sandbox = await serve(mockTemplate(10));
  try {
    const token = await sandbox.token('Machine');
    const measure = async (seconds: number) => ({
      sandbox: await load(`${sandbox.stage}/items0`, { seconds, token }),
      constant: await load(constant.line, { seconds, token }),
    });
    await measure(SECONDS);
    const rounds: Awaited<ReturnType<typeof measure>>[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(SECONDS));
    const ratio = median(rounds.map((each) => each.sandbox.rate / each.constant.rate));
    const [ours, theirs] = [rounds.map((each) => each.sandbox), rounds.map((each) => each.constant)];
    return [{
      what: 'authorized mock request / constant answer of the same framework: requests per second',
      measured: `${show(ratio)} (${rates(ours)}, ${rates(theirs)}; p99 ${p99(ours)} ms, ${p99(theirs)} ms)`,
      target: `at least ${MIN_RATIO}`,
      met: ratio >= MIN_RATIO,
    }];
  } finally {
    await sandbox.stop();
    await constant.stop();
    rmSync(folder, { recursive: true });
  }
}

function rates(loads: readonly { rate: number }[]): string {
  return show(median(loads.map(({ rate }) => rate)), 0);
}

function p99(loads: readonly { p99: number }[]): string {
  return show(median(loads.map((each) => each.p99)), 0);
}
