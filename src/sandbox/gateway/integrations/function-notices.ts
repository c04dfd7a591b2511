import { runnableFunction } from './runnable';
import type { RuntimeModel } from '../../../model/runtime-model';
import type { Notice } from '../../cognito/notice';
import type { Bind } from '../bind';

/**
 * What is left out or cannot run of the functions that stand behind methods.
 *
 * @param mapped ids of the methods that a local URL stands behind in place of their integration
 */
export function functionNotices({ methods, functions }: RuntimeModel, bind: Bind, mapped: ReadonlySet<string>): Notice[] {
  const called = new Set(methods.map(({ id, integration }) => (integration.kind === 'lambdaProxy' && !mapped.has(id) ? integration.function : undefined)));
  return functions.filter(({ id }) => called.has(id)).flatMap((settings) => {
    const runnable = runnableFunction(settings, bind);
    return runnable.kind === 'runnable' ? runnable.notices : [{ entity: settings.id, what: 'does not run', why: runnable.reason }];
  });
}
