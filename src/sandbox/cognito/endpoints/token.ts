import type { Context } from 'hono';
import { authenticateClient } from '../authenticate-client';
import type { CognitoContext } from '../cognito-context';
import { readForm, type Form } from '../form';
import { authorizationCode } from '../grants/authorization-code';
import { clientCredentials } from '../grants/client-credentials';
import type { Grant } from '../grants/grant';
import { refreshTokenGrant } from '../grants/refresh-token';
import type { OAuthEnv } from '../oauth-env';
import { isOAuthError, refuse, type OAuthError } from '../oauth-error';
import { tokenResponse } from '../token-response';
import type { IssuedTokens } from '../user-tokens';

const GRANTS: { readonly [type: string]: Grant } = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  refresh_token: refreshTokenGrant,
};

/** POST `/oauth2/token` («Token endpoint» of the Cognito developer guide). Any other verb has an empty 405. */
export async function tokenEndpoint(context: CognitoContext, c: Context<OAuthEnv>): Promise<Response> {
  const result = await grantTokens(context, c);
  if (!isOAuthError(result)) {
    c.set('reason', 'tokens issued');
    return jsonAnswer(c, 200, tokenResponse(result));
  }
  return errorAnswer(c, 400, result);
}

async function grantTokens(context: CognitoContext, c: Context<OAuthEnv>): Promise<IssuedTokens | OAuthError> {
  const form = await formOf(c);
  if (isOAuthError(form)) return form;
  const type = form.get('grant_type');
  if (type === undefined) return refuse('invalid_request', 'grant_type is missing');
  if (!Object.hasOwn(GRANTS, type)) return refuse('unsupported_grant_type', `grant_type is none of ${Object.keys(GRANTS).join(', ')}`);
  const pool = c.get('pool');
  const client = authenticateClient(pool, c.req.header('authorization'), form);
  if (isOAuthError(client)) return client;
  c.set('client', client.name);
  return GRANTS[type](context, pool, client, form);
}

/** The form of a request; an error where the body is none. */
export async function formOf(c: Context<OAuthEnv>): Promise<Form | OAuthError> {
  const [type] = (c.req.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return refuse('invalid_request', 'the body is not application/x-www-form-urlencoded');
  return readForm(await c.req.text());
}

/** An error as Cognito answers it, with its reason for the log. */
export function errorAnswer(c: Context<OAuthEnv>, status: 400 | 401, { error, description, reason }: OAuthError): Response {
  c.set('reason', `${error}: ${reason}`);
  return jsonAnswer(c, status, { error, ...(description !== undefined && { error_description: description }) });
}

function jsonAnswer(c: Context<OAuthEnv>, status: 200 | 400 | 401, body: object): Response {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/json;charset=UTF-8' });
}
