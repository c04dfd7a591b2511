import type { AccessModel, Client } from '../model/access-model';
import { obtainableTokens, type ObtainableToken } from '../model/tokens';

/** Clients that obtain equal tokens, and so reach the same methods. */
export interface CallerGroup {
  readonly tokens: readonly ObtainableToken[];
  readonly clients: Client[];
}

/** Groups clients by the tokens that they obtain, in the order of their first client. */
export function groupCallers(model: AccessModel, clients: readonly Client[]): CallerGroup[] {
  const groups = new Map<string, CallerGroup>();
  for (const client of clients) {
    const tokens = obtainableTokens(model, client);
    const key = JSON.stringify(tokens);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { tokens, clients: [client] });
    else group.clients.push(client);
  }
  return [...groups.values()];
}
