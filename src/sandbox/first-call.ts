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
}

/**
 * A call that is certainly allowed, one that reads where there is one; undefined where there is none.
 *
 * @param isServed whether an API can be called, by its id
 */
export function firstCall(model: AccessModel, client: Client, isServed: (api: string) => boolean): FirstCall | undefined {
  const tokens = obtainableTokens(model, client);
  const source = SOURCES.find((each) => tokens.some((token) => token.source === each && token.use === 'access'));
  const usable = tokens.filter((token) => token.source === source && token.condition === undefined);
  let other: FirstCall | undefined;
  for (const method of model.methods) {
    const { id, api, verb, path, access } = method;
    if (!isServed(api) || !isKnown(verb) || !isKnown(path) || (access.kind !== 'anyOf' && access.kind !== 'idToken')) continue;
    const token = usable.find((each) => decide(model, { target: { method: id }, token: each }).verdict === 'allow');
    if (token === undefined) continue;
    const call = { api, verb, path, use: token.use, header: tokenHeaderOfMethod(model, method) };
    if (verb === 'GET') return call;
    other ??= call;
  }
  return other;
}
