import type { Cognito } from './cognito/cognito';
import type { SandboxDescription } from './description';
import type { Gateway } from './gateway/gateway';

/** Where the API of Cognito is. */
export const COGNITO_IDP_PATH = '/cognito-idp';

/** What a sandbox serves: the contract of `--json`. */
export function describeSandbox(url: string, cognito: Cognito, gateway: Gateway): SandboxDescription {
  return {
    userPools: [...cognito.pools.values()].map((pool) => ({
      id: pool.poolId,
      name: pool.name,
      issuer: cognito.issuer(pool),
      domainUrl: pool.hasDomain ? cognito.domainUrl(pool) : null,
      clients: [...pool.clients.values()].map(({ clientId, name }) => ({ id: clientId, name })),
    })),
    apis: gateway.apis().map(({ name, shownName, stage, path }) => ({ name, shownName, stage, url: `${url}${path}` })),
    cognitoIdpUrl: `${url}${COGNITO_IDP_PATH}`,
  };
}
