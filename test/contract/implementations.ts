import { join } from 'node:path';
import { contractModel } from './contract-model';
import type { Implementation, ImplementationAnswer } from './implementation';
import { sandboxImplementation } from './sandbox-implementation';
import { CONTRACT_TEMPLATE, type Credentials, type Scenario } from './scenarios';
import type { AccessModel, Client } from '../../src/model/access-model';
import { decide, type PresentedToken } from '../../src/model/decide';
import { obtainableTokens } from '../../src/model/tokens';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

/** Where the contract template is. */
export const CONTRACT_TEMPLATE_PATH = join(__dirname, CONTRACT_TEMPLATE);

/** The implementations that answer within the test process. */
export const IMPLEMENTATIONS: readonly Implementation[] = [
  byModel('decide', ({ Retired }) => contractModel(Retired === 'true')),
  byModel('template reader', readContractModel),
  sandboxImplementation(),
];

/** Ends whatever implementations started. */
export async function closeImplementations(): Promise<void> {
  for (const { close } of IMPLEMENTATIONS) await close?.();
}

/** What no template says. The matrix notes it. */
const UNKNOWABLE: { readonly [scenario: string]: string | undefined } = {
  'a scope that the trigger of the user pool takes away': 'templates do not say which scopes a trigger takes away; the matrix notes the user pool',
};

/** The model that the template reader makes of the contract template. */
export function readContractModel(parameters: Scenario['parameters']): AccessModel {
  const { templates } = loadTemplates(CONTRACT_TEMPLATE_PATH);
  return modelFromTemplates({ templates: templates.map((each) => ({ ...each, parameters })) });
}

function byModel(name: string, modelFor: (parameters: Scenario['parameters']) => AccessModel): Implementation {
  const models = new Map<string, AccessModel>();
  return {
    name,
    excludes: ({ name: scenario, credentials: { token, scheme } }) => (
      scheme !== undefined && token !== 'garbage' ? 'a model knows tokens, not the header that carries them' : UNKNOWABLE[scenario]
    ),
    answer: (scenario) => {
      const key = scenario.parameters.Retired;
      const model = models.get(key) ?? modelFor(scenario.parameters);
      models.set(key, model);
      return answerOf(model, scenario);
    },
  };
}

function answerOf(model: AccessModel, { credentials, verb, path }: Scenario): ImplementationAnswer {
  const token = presented(model, credentials);
  if (token === 'none') return { verdict: 'noToken' };
  const target = { api: model.apis[0].id, verb, path };
  const decision = decide(model, { target, token, apiKey: credentials.apiKey, iam: credentials.iam });
  if (decision.verdict === 'unknown') return { verdict: 'unknown', reason: decision.reason.unknown };
  if (decision.verdict === 'deny') return { verdict: 'deny', reason: decision.reason };
  const method = model.methods.find(({ id }) => id === decision.method);
  return { verdict: 'allow', reason: decision.reason, method: `${String(method?.verb)} ${String(method?.path)}` };
}

/** The token of a request; `none` where the client does not obtain it. */
function presented(model: AccessModel, { token, fate }: Credentials): PresentedToken | 'unverifiable' | 'none' | undefined {
  if (token === undefined) return undefined;
  if (token === 'garbage' || fate === 'tampered') return 'unverifiable';
  const { use, source, asksFor } = token;
  const found = obtainableTokens(model, clientNamed(model, token.client)).find((each) => each.use === use && each.source === source);
  if (found === undefined) return 'none';
  const scopes = found.scopes.filter((scope) => asksFor === undefined || asksFor.includes(String(scope)));
  return { ...found, scopes, expired: fate === 'expired' };
}

function clientNamed(model: AccessModel, name: string): Client {
  const client = model.clients.find((each) => each.name === name);
  if (client === undefined) throw new Error(`the model has no client ${name}`);
  return client;
}
