import { nameOf, clientNames } from '../../analysis/matrix-names';
import type { AccessModel, Client } from '../../model/access-model';
import { isStandardScope } from '../../model/scope-grammar';
import { scopeStatus } from '../../model/scope-status';
import { obtainableTokens } from '../../model/tokens';
import { isKnown } from '../../model/value';
import { signsInUnserved } from '../cognito/password-flows';
import { isMachineSource } from '../cognito/sources';

/** A client that can be chosen on the page. */
export interface ClientChoice {
  readonly id: string;
  /** As the matrix shows it. */
  readonly name: string;
  /** Id of its user pool in the access model; absent where that is not known. */
  readonly userPool?: string;
  /** Who obtains its tokens; `nobody` where it has no way to obtain any. */
  readonly kind: 'machine' | 'user' | 'nobody';
  /** Whether its users sign in with SRP or a custom flow only, which the sandbox does not serve. */
  readonly unservedSignIn: boolean;
  /** Scopes that it can ask for; empty where its way to tokens asks for none. */
  readonly scopes: readonly ScopeChoice[];
}

/** A scope that a client can ask for. */
export interface ScopeChoice {
  /** Full scope name. */
  readonly scope: string;
  /** Whether tokens leave it out at this moment. */
  readonly inactive: boolean;
}

/** The clients of a model, in its order. */
export function clientChoices(model: AccessModel): ClientChoice[] {
  const names = clientNames(model.clients.map((client) => ({ id: client.id, name: nameOf(client) })));
  return model.clients.map((client) => {
    const tokens = obtainableTokens(model, client);
    const sources = tokens.map(({ source }) => source);
    const machine = sources.some(isMachineSource);
    const signIn = sources.includes('code') || sources.includes('implicit');
    return {
      id: client.id,
      name: names.get(client.id) ?? client.id,
      ...(isKnown(client.userPool) && { userPool: client.userPool }),
      kind: machine ? 'machine' : sources.length > 0 ? 'user' : 'nobody',
      unservedSignIn: signsInUnserved(tokens, { authFlows: client.authFlows?.filter(isKnown) }),
      scopes: machine || signIn ? scopesOf(model, client, machine) : [],
    };
  });
}

/** Machines cannot ask for the scopes that every user pool knows. */
function scopesOf(model: AccessModel, client: Client, machine: boolean): ScopeChoice[] {
  return client.scopes.filter(isKnown)
    .filter((scope) => !machine || !isStandardScope(scope))
    .map((scope) => ({ scope, inactive: scopeStatus(model, client.userPool, scope) === 'inactive' }));
}
