import type { LiveClient } from './live-pool';
import type { ObtainableToken } from '../../model/tokens';

/** Names of a flow at clients, by the `AuthFlow` of a call (ExplicitAuthFlowsType, botocore 1.43.107); the older name comes second. */
const FLOWS: { readonly [flow: string]: readonly string[] } = {
  USER_PASSWORD_AUTH: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
  ADMIN_USER_PASSWORD_AUTH: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
  ADMIN_NO_SRP_AUTH: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
};

/** Whether the `AuthFlow` of a call is one of those that the sandbox has: name and password. */
export function isPasswordFlow(flow: string): boolean {
  return Object.hasOwn(FLOWS, flow);
}

/** Whether a client allows a password flow. */
export function allowsPasswordFlow({ authFlows = [] }: Pick<LiveClient, 'authFlows'>, flow: string): boolean {
  return FLOWS[flow].some((name) => authFlows.includes(name));
}

/** Whether a client allows any. */
function signsInByPassword(client: Pick<LiveClient, 'authFlows'>): boolean {
  return Object.keys(FLOWS).some((flow) => allowsPasswordFlow(client, flow));
}

/** Whether users sign in to a client through the API of Cognito alone, and never with a password in the request: the sandbox cannot do that. */
export function signsInUnserved(tokens: readonly ObtainableToken[], client: Pick<LiveClient, 'authFlows'>): boolean {
  return tokens.length > 0 && tokens.every(({ source }) => source === 'sdkSignIn') && !signsInByPassword(client);
}
