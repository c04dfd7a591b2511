import { load } from './load';
import { mockRoutes, mockTemplate } from './mock-template';
import { request, serve } from './served';
import { album } from '../album';
import { median, show, type Figure } from '../measure';

const START_ROUNDS = 9;
const MATCH_ROUNDS = 7;
const SECONDS = 3;
const MAX_GROWTH = 10;
const MAX_MATCH = 2;

/** How start and requests grow with the number of methods. */
export async function benchSandboxMethods(): Promise<Figure[]> {
  album();
  return [await start(), await match()];
}

async function start(): Promise<Figure> {
  const [small, large] = [mockTemplate(100), mockTemplate(1000)];
  const rounds: { small: number; large: number }[] = [];
  for (let round = 0; round <= START_ROUNDS; round++) rounds.push({ small: await started(small), large: await started(large) });
  rounds.shift();
  const growth = median(rounds.map((each) => each.large / each.small));
  return {
    what: 'start of the sandbox with 1,000 methods / 100 methods',
    measured: `${show(growth)} (${show(median(rounds.map((each) => each.large)), 0)} ms, ${show(median(rounds.map((each) => each.small)), 0)} ms)`,
    target: `at most ${MAX_GROWTH}`,
    met: growth <= MAX_GROWTH,
  };
}

/** Milliseconds from the start of the process to the first authorized answer. */
async function started(template: string): Promise<number> {
  const begin = performance.now();
  const sandbox = await serve(template);
  await request(`${sandbox.stage}/items0`, { Authorization: await sandbox.token('Machine') });
  const milliseconds = performance.now() - begin;
  await sandbox.stop();
  return milliseconds;
}

/** Time per authorized request of the last method with a variable in its path. */
async function match(): Promise<Figure> {
  const few = await serve(mockTemplate(10));
  const many = await serve(mockTemplate(1000));
  try {
    const [fewToken, manyToken] = [await few.token('Machine'), await many.token('Machine')];
    const measure = async () => ({
      few: 1e6 / (await load(`${few.stage}${lastRoute(10)}`, { seconds: SECONDS, token: fewToken })).rate,
      many: 1e6 / (await load(`${many.stage}${lastRoute(1000)}`, { seconds: SECONDS, token: manyToken })).rate,
    });
    await measure();
    const rounds: Awaited<ReturnType<typeof measure>>[] = [];
    for (let round = 0; round < MATCH_ROUNDS; round++) rounds.push(await measure());
    const ratio = median(rounds.map((each) => each.many / each.few));
    return {
      what: 'authorized request of the last of 1,000 methods / of 10 methods: time',
      measured: `${show(ratio)} (${show(median(rounds.map((each) => each.many)), 0)} µs, ${show(median(rounds.map((each) => each.few)), 0)} µs)`,
      target: `under ${MAX_MATCH}`,
      met: ratio < MAX_MATCH,
    };
  } finally {
    await few.stop();
    await many.stop();
  }
}

function lastRoute(count: number): string {
  const last = mockRoutes(count).filter(({ verb }) => verb === 'GET').pop()!;
  return last.path.replace('{id}', '42');
}
