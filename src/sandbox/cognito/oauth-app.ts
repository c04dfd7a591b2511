import { randomUUID } from 'node:crypto';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { CognitoContext } from './cognito-context';
import { csrfCheck } from './csrf';
import { authorizeEndpoint, errorEndpoint } from './endpoints/authorize';
import { discoveryDocument } from './endpoints/discovery';
import { loginEndpoint } from './endpoints/login';
import { logoutEndpoint } from './endpoints/logout';
import { revokeEndpoint } from './endpoints/revoke';
import { errorAnswer, tokenEndpoint } from './endpoints/token';
import { userInfoEndpoint } from './endpoints/user-info';
import { MAX_FORM_BYTES } from './form';
import { UPDATED_ISSUER_PATH } from './issuers';
import type { OAuthEnv } from './oauth-env';
import { refuse } from './oauth-error';
import { jwksOf } from './pool-keys';
import type { VerifyToken } from './verify-token';
import { limitBody } from '../limit-body';

/** The part of a path that can be the id of a user pool: it has an underscore. */
const POOL = ':pool{[\\w-]+_[0-9A-Za-z]+}';

/** Serves issuer and domain of each user pool below `/<user pool id>`, updated issuers below `/updated/<user pool id>`. */
export function oauthApp(context: CognitoContext, verifyToken: VerifyToken): Hono<OAuthEnv> {
  const app = new Hono<OAuthEnv>();
  for (const prefix of [`/${POOL}`, `/${UPDATED_ISSUER_PATH}/${POOL}`]) {
    app.use(`${prefix}/*`, logged(context), poolOfPath(context));
    // Apps in browsers read both from their own origin; that the service allows it is «unverified».
    app.use(`${prefix}/.well-known/*`, allowOrigins('GET'));
    app.get(`${prefix}/.well-known/openid-configuration`, ofIssuer(prefix), (c) => c.json(discoveryDocument(context.baseUrl(), c.get('pool'))));
    app.get(`${prefix}/.well-known/jwks.json`, ofIssuer(prefix), async (c) => c.json(await jwksOf(context.keysOf(c.get('pool')))));
  }
  const domain = new Hono<OAuthEnv>();
  domain.use(withDomain, limitBody<OAuthEnv>(MAX_FORM_BYTES, (c) => errorAnswer(c, 400, refuse('invalid_request', 'the body is too large'))));
  domain.use('/oauth2/*', secretAnswer);
  domain.use('/oauth2/token', allowOrigins('POST')).post('/oauth2/token', (c) => tokenEndpoint(context, c)).all('/oauth2/token', methodNotAllowed);
  domain.use('/oauth2/revoke', allowOrigins('POST')).post('/oauth2/revoke', (c) => revokeEndpoint(context, c)).all('/oauth2/revoke', methodNotAllowed);
  domain.use('/oauth2/userInfo', allowOrigins('GET, POST')).on(['GET', 'POST'], '/oauth2/userInfo', (c) => userInfoEndpoint(context, verifyToken, c))
    .all('/oauth2/userInfo', methodNotAllowed);
  domain.get('/oauth2/authorize', (c) => authorizeEndpoint(context, c));
  const csrf = csrfCheck();
  domain.on(['GET', 'POST'], '/login', (c) => loginEndpoint(context, csrf, c));
  domain.get('/logout', (c) => logoutEndpoint(context, c));
  domain.get('/error', errorEndpoint);
  app.route(`/${POOL}`, domain);
  return app;
}

function logged({ clock, log }: CognitoContext): MiddlewareHandler<OAuthEnv> {
  return async (c, next) => {
    const time = clock();
    await next();
    const pool = c.get('pool') as OAuthEnv['Variables']['pool'] | undefined;
    const path = c.req.path.replace(/^(?:\/updated)?\/[^/]+/, '');
    const reason = c.get('reason');
    const client = c.get('client');
    log.add({
      time,
      part: 'oauth',
      what: `${c.req.method} ${path}`,
      ...(pool && { subject: pool.name }),
      status: c.res.status,
      ...(client !== undefined && { client }),
      ...(reason !== undefined && { reason }),
      ...(/[?&#]error=/.test(c.res.headers.get('location') ?? '') && { refused: true as const }),
    });
  };
}

function poolOfPath({ pools }: CognitoContext): MiddlewareHandler<OAuthEnv> {
  return async (c, next) => {
    const pool = pools.get(c.req.param('pool') ?? '');
    if (pool === undefined) {
      c.set('reason', 'no user pool has this id');
      return c.json({ message: `User pool ${c.req.param('pool')} does not exist.` }, 404);
    }
    c.set('pool', pool);
    await next();
    return undefined;
  };
}

/** Discovery document and keys are where the issuer is, and nowhere else. */
function ofIssuer(prefix: string): MiddlewareHandler<OAuthEnv> {
  const form = prefix.startsWith(`/${UPDATED_ISSUER_PATH}/`) ? 'updated' : 'original';
  return async (c, next) => {
    if (c.get('pool').issuer !== form) return notServed(c, `the issuer of the user pool has the ${c.get('pool').issuer} form`);
    await next();
    return undefined;
  };
}

const withDomain: MiddlewareHandler<OAuthEnv> = async (c, next) => {
  if (!c.get('pool').hasDomain) return notServed(c, 'the user pool has no domain');
  await next();
  return undefined;
};

/** Nothing of these endpoints may stay in a cache (RFC 6749, 5.1). */
const secretAnswer: MiddlewareHandler<OAuthEnv> = async (c, next) => {
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
  c.res.headers.set('x-amz-cognito-request-id', randomUUID());
};

/** The endpoints answer calls of pages of every origin (Cognito developer guide, «Managed login», CORS). */
function allowOrigins(methods: string): MiddlewareHandler<OAuthEnv> {
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') {
      return c.body(null, 200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': methods, 'Access-Control-Allow-Headers': 'Authorization, Content-Type' });
    }
    await next();
    c.res.headers.set('Access-Control-Allow-Origin', '*');
    return undefined;
  };
}

/** In AWS these are other hosts, or none. */
function notServed(c: Context<OAuthEnv>, reason: string): Response {
  c.set('reason', reason);
  return c.json({ message: 'the sandbox serves nothing here', reason }, 404, { 'x-sandbox': 'not-served' });
}

function methodNotAllowed(c: Context<OAuthEnv>): Response {
  c.set('reason', 'the endpoint does not know the verb');
  return c.body(null, 405);
}
