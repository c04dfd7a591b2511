import { spawnSync } from 'node:child_process';
import { album, PROGRAM } from './album';
import { show, timeInTurn, type Figure } from './measure';

const MAX_RATIO = 3;

/** Wall time of `matrix` on the photo album beside a Node.js that does nothing. */
export function benchCli(): Figure[] {
  const assembly = album();
  const pair = timeInTurn(() => run([PROGRAM, 'matrix', assembly]), () => run(['-e', '0']), 21);
  return [{
    what: 'wall time of `protected-api matrix` on the photo album / `node -e 0`',
    measured: `${show(pair.ratio)} (${show(pair.a, 0)} ms, ${show(pair.b, 0)} ms)`,
    target: `at most ${MAX_RATIO}`,
    met: pair.ratio <= MAX_RATIO,
  }];
}

function run(args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}
