import { runnableFunction } from './runnable';
import type { RuntimeModel } from '../../../model/runtime-model';
import type { Notice } from '../../cognito/notice';
import type { Bind } from '../bind';

/** What is left out or cannot run of the functions that stand behind methods. */
export function functionNotices({ methods, functions }: RuntimeModel, bind: Bind): Notice[] {
  const called = new Set(methods.map(({ integration }) => (integration.kind === 'lambdaProxy' ? integration.function : undefined)));
  return functions.filter(({ id }) => called.has(id)).flatMap((settings) => {
    const runnable = runnableFunction(settings, bind);
    return runnable.kind === 'runnable' ? runnable.notices : [{ entity: settings.id, what: 'does not run', why: runnable.reason.replace(`function ${settings.id}: `, '') }];
  });
}
