import type { FunctionSettings } from '../../../model/runtime-model';
import { isKnown, isUnknown, showValue, type Value } from '../../../model/value';
import type { Notice } from '../../cognito/notice';
import type { RunnableFunction } from '../../functions/function-runner';
import { DEFAULT_PLACE, functionName } from '../../names';

/** Lambda's own defaults, for what a template does not fix. */
const DEFAULT_TIMEOUT = 3;
const DEFAULT_MEMORY = 128;
/** Seconds that Lambda gives a function at most (Lambda developer guide, quotas, 2026). */
const MAX_TIMEOUT = 900;

/** A function that can run, with what is not as in AWS; or why it cannot. */
export type Runnable =
  | { readonly kind: 'runnable'; readonly function: RunnableFunction; readonly notices: readonly Notice[] }
  | { readonly kind: 'cannotRun'; readonly reason: string };

/**
 * Settles what a run of a function needs.
 *
 * `bind` replaces what is named by its resources only, such as `${App/Table}`. Variables of the environment that stay unknown are
 * left out, with a notice.
 */
export function runnableFunction(settings: FunctionSettings, bind: (value: Value<string>) => Value<string>): Runnable {
  const { id, code, environment, memory, timeout } = settings;
  const cannotRun = (reason: string): Runnable => ({ kind: 'cannotRun', reason });
  if (code.kind === 'elsewhere') return cannotRun(`its code is not here: ${code.unknown}`);
  const runtime = bind(settings.runtime);
  if (isUnknown(runtime)) return cannotRun(`its runtime is not known: ${runtime.unknown}`);
  if (!/^nodejs\d+\.x$/.test(runtime)) return cannotRun(`the sandbox runs Node.js functions only, and its runtime is ${runtime}`);
  const handler = bind(settings.handler);
  if (isUnknown(handler)) return cannotRun(`its handler is not known: ${handler.unknown}`);

  const notices: Notice[] = [];
  if (settings.surroundings !== undefined) {
    const why = 'the sandbox runs the code of the function only, in the network of this machine';
    notices.push({ entity: id, what: `${settings.surroundings.join(' and ')} of the template ${settings.surroundings.length > 1 ? 'have' : 'has'} no effect`, why });
  }
  const variables: [string, string][] = [];
  for (const [name, value] of Object.entries(environment)) {
    const bound = bind(value);
    if (isKnown(bound)) variables.push([name, bound]);
    else if (isUnknown(bound)) notices.push({ entity: id, what: `the environment variable ${name} is left out`, why: `${showValue(bound)} is not known here` });
  }
  const known = (what: string, value: Value<number>, otherwise: number): number => {
    if (isKnown(value)) return value;
    notices.push({ entity: id, what: `the ${what} is ${otherwise}, as where a template has none`, why: showValue(value) });
    return otherwise;
  };
  return {
    kind: 'runnable',
    function: {
      id,
      name: functionName(id, settings.name === undefined ? undefined : bind(settings.name)),
      runtime,
      handler,
      code,
      environment: Object.fromEntries(variables),
      timeout: Math.min(known('timeout', timeout, DEFAULT_TIMEOUT), MAX_TIMEOUT),
      memory: known('memory', memory, DEFAULT_MEMORY),
      region: settings.region ?? DEFAULT_PLACE.region,
      account: settings.account ?? DEFAULT_PLACE.account,
    },
    notices,
  };
}
