import { SOURCES } from './cognito/token-for';
import { tokenHeaderOfMethod } from './gateway/token-header';
import type { AccessModel, Client } from '../model/access-model';
import { decide } from '../model/decide';
import { obtainableTokens } from '../model/tokens';
import { isKnown } from '../model/value';

/** A call that a client makes with a token that the sandbox gives it. */
export interface FirstCall {
  /** Id of the API. */
  readonly api: string;
  readonly verb: string;
  /** Path template. */
  readonly path: string;
  readonly use: 'access' | 'id';
  /** The header that takes the token. */
  readonly header: string;
  /** What `x-api-key` must have too; absent where the method demands no API key. */
  readonly apiKey?: NeededKey;
}

/** The API key that methods of a stage may demand. */
export interface NeededKey {
  /** Absent where no key is known to open the stage. */
  readonly name?: string;
  /** Only of a key that was made for this run: the value of one in the templates may open the API in AWS too. */
  readonly value?: string;
}

/** What a call of an API needs to know of it. */
export interface CalledApi {
  /** Absent where no request can carry an API key. */
  readonly apiKey?: NeededKey;
}

/**
 * A call that is certainly allowed, with an API key where the method demands one; undefined where there is none. One that reads where there is
 * one, and one that lacks nothing before all.
 *
 * @param served the APIs that can be called, by their id
 */
export function firstCall(model: AccessModel, client: Client, served: (api: string) => CalledApi | undefined): FirstCall | undefined {
  const tokens = obtainableTokens(model, client);
  const source = SOURCES.find((each) => tokens.some((token) => token.source === each && token.use === 'access'));
  const usable = tokens.filter((token) => token.source === source && token.condition === undefined);
  let best: FirstCall | undefined;
  for (const method of model.methods) {
    const { id, api, verb, path, access } = method;
    const called = served(api);
    if (called === undefined || !isKnown(verb) || !isKnown(path) || (access.kind !== 'anyOf' && access.kind !== 'idToken')) continue;
    const allows = (apiKey: boolean) => usable.find((token) => decide(model, { target: { method: id }, token, apiKey }).verdict === 'allow');
    const alone = allows(false);
    const token = alone ?? (called.apiKey && allows(true));
    if (token === undefined) continue;
    const { apiKey } = alone === undefined ? called : {};
    const call = { api, verb, path, use: token.use, header: tokenHeaderOfMethod(model, method), ...(apiKey && { apiKey }) };
    if (best === undefined || demandsOf(call) < demandsOf(best)) best = call;
    if (demandsOf(best) === 0) break;
  }
  return best;
}

/** The fewer the better: the more likely it is answered as it stands. */
function demandsOf({ verb, apiKey }: FirstCall): number {
  return (verb === 'GET' ? 0 : 2) + (apiKey === undefined ? 0 : apiKey.name === undefined ? 4 : 1);
}
