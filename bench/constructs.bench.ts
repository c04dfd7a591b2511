import { synthesizePlain, synthesizeProtected } from './apps';
import { show, timeInTurn, type Figure } from './measure';

const MAX_RESOURCES_AT_100 = 170;
const MAX_TIME_RATIO = 1;
const ROUNDS = 21;

/** Resources and synthesis time of `ProtectedApi` beside the same routes in plain L2 constructs. */
export function benchConstructs(): Figure[] {
  return [10, 100, 140].flatMap((count) => {
    const ours = synthesizeProtected(count);
    const plain = synthesizePlain(count);
    const pair = timeInTurn(() => synthesizeProtected(count), () => synthesizePlain(count), ROUNDS);
    return [{
      what: `resources with ${count} methods: ProtectedApi, plain L2`,
      measured: `${ours}, ${plain}`,
      target: count === 100 ? `at most ${MAX_RESOURCES_AT_100}` : 'fewer than plain L2',
      met: count === 100 ? ours <= MAX_RESOURCES_AT_100 : ours < plain,
    }, {
      what: `synthesis with ${count} methods, ProtectedApi / plain L2`,
      measured: `${show(pair.ratio)} (${show(pair.a, 0)} ms, ${show(pair.b, 0)} ms)`,
      target: `at most ${show(MAX_TIME_RATIO, 1)}`,
      met: pair.ratio <= MAX_TIME_RATIO,
    }];
  });
}
