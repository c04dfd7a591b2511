import { startProgram } from './program';
import { request, serve } from './served';
import { album } from '../album';
import { median, show, type Figure } from '../measure';

const ROUNDS = 15;
const MAX_RATIO = 4;
const BARE = [
  'const server = require(\'node:http\').createServer((_, answer) => answer.end(\'x\'));',
  'server.listen(0, \'127.0.0.1\', () => console.log(server.address().port));',
].join('\n');

/** From the start of the process to the first token, beside a bare server of Node.js to its first answer. */
export async function benchSandboxStart(): Promise<Figure[]> {
  const assembly = album();
  const sandbox = async () => {
    const served = await serve(assembly);
    await served.token('NightlyExport');
    return served;
  };
  const bare = async () => {
    const program = await startProgram(['-e', BARE]);
    await request(`http://127.0.0.1:${program.line}/`);
    return program;
  };
  await timed(sandbox);
  await timed(bare);
  const rounds: { sandbox: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ sandbox: await timed(sandbox), bare: await timed(bare) });
  const ratio = median(rounds.map((each) => each.sandbox / each.bare));
  return [{
    what: '`protected-api sandbox` on the photo album to its first token / bare http server to its first answer',
    measured: `${show(ratio)} (${show(median(rounds.map((each) => each.sandbox)), 0)} ms, ${show(median(rounds.map((each) => each.bare)), 0)} ms)`,
    target: `at most ${MAX_RATIO}`,
    met: ratio <= MAX_RATIO,
  }];
}

/** Milliseconds until it has answered; stops it. */
async function timed(start: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const begin = performance.now();
  const program = await start();
  const milliseconds = performance.now() - begin;
  await program.stop();
  return milliseconds;
}
