import type { Integration, MethodSettings, RuntimeModel } from '../../../model/runtime-model';
import { isUnknown, type Value } from '../../../model/value';
import type { FunctionRunner } from '../../functions/function-runner';
import type { IntegrationMapping } from '../../integration-mappings';
import type { Bind } from '../bind';
import { bindHttpProxy, bindMock } from './bind-integration';
import { timeoutOf, type IntegrationAnswer, type IntegrationRequest } from './integration-call';
import type { Integrate } from '../integrate';
import { httpProxy } from './http-proxy';
import { lambdaProxy } from './lambda-proxy';
import { mock } from './mock';
import { runnableFunction, type Runnable } from './runnable';

/** What the integrations of a sandbox are run with. */
export interface IntegrateOptions {
  /** The runtime model of this moment; the same object until something changes. */
  readonly runtime: () => RuntimeModel;
  readonly bind: Bind;
  readonly runner: FunctionRunner;
  /** Local URLs in place of integrations. */
  readonly mappings?: () => readonly IntegrationMapping[];
}

/** Makes what runs the integrations of methods: Lambda proxies, mocks and HTTP proxies. Anything else cannot run here. */
export function createIntegrate({ runtime, bind, runner, mappings = () => [] }: IntegrateOptions): Integrate {
  let prepared: { readonly model: RuntimeModel; readonly mappings: readonly IntegrationMapping[]; readonly run: Map<string, Run> } | undefined;

  return async (method, request) => {
    const [model, mapped] = [runtime(), mappings()];
    if (prepared?.model !== model || prepared.mappings !== mapped) prepared = { model, mappings: mapped, run: prepare(model, mapped, bind, runner) };
    return prepared.run.get(method)?.(request) ?? cannotRun('the templates say nothing of its integration');
  };
}

type Run = (request: IntegrationRequest) => Promise<IntegrationAnswer>;

function prepare(model: RuntimeModel, mappings: readonly IntegrationMapping[], bind: Bind, runner: FunctionRunner): Map<string, Run> {
  const functions = new Map(model.functions.map((settings) => [settings.id, runnableFunction(settings, bind)]));
  const functionOf = (id: Value<string>): Runnable => {
    if (isUnknown(id)) return { kind: 'cannotRun', reason: `the function is not known: ${id.unknown}` };
    const found = functions.get(id);
    if (found === undefined) return { kind: 'cannotRun', reason: `the function ${id} is not in the templates` };
    return found.kind === 'runnable' ? found : { kind: 'cannotRun', reason: `function ${id}: ${found.reason}` };
  };
  const runs = model.methods.map(({ id, integration }: MethodSettings): [string, Run] => [id, runOf(integration, functionOf, bind, runner)]);
  const local = mappings.map(({ method, url }): [string, Run] => [method, (request) => httpProxy(
    { kind: 'httpProxy', url, verb: 'ANY', requestParameters: {}, timeout: { unknown: 'no template says it' } }, request,
  )]);
  return new Map([...runs, ...local]);
}

function runOf(integration: Integration, functionOf: (id: Value<string>) => Runnable, bind: Bind, runner: FunctionRunner): Run {
  switch (integration.kind) {
    case 'lambdaProxy': {
      const made = functionOf(integration.function);
      if (made.kind === 'cannotRun') return async () => cannotRun(made.reason);
      return (request) => lambdaProxy(request, made.function, timeoutOf(integration), runner);
    }
    case 'mock': {
      const bound = bindMock(integration, bind);
      return async (request) => mock(bound, request);
    }
    case 'httpProxy': {
      const bound = bindHttpProxy(integration, bind);
      return (request) => httpProxy(bound, request);
    }
    case 'other':
      return async () => cannotRun(integration.what);
  }
}

function cannotRun(reason: string): IntegrationAnswer {
  return { kind: 'cannotRun', reason };
}
