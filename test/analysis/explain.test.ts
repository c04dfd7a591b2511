import * as fc from 'fast-check';
import { anyOf, authorizer, machine, method, photoModel, pool, server, spa } from './models';
import { plainText } from './plain-text';
import { explain } from '../../src/analysis/explain';
import { buildMatrix } from '../../src/analysis/matrix';
import { ANONYMOUS } from '../../src/analysis/matrix-data';
import { renderExplanationText } from '../../src/analysis/render-explanation-text';
import type { Access } from '../../src/model/access';
import type { AccessModel, Client, Method } from '../../src/model/access-model';
import { arbitraryModel } from '../model/arbitrary-model';

/** Asks whether a client can call a method of that access. */
function ask(client: Client | undefined, access: Access, parts: Partial<AccessModel> = {}, apiKeyRequired?: boolean) {
  const asked = method('App/Asked', 'GET', '/asked', access, apiKeyRequired === undefined ? {} : { apiKeyRequired });
  const model = photoModel({ clients: client === undefined ? [] : [client], methods: [asked], ...parts });
  return explain(model, client, asked);
}

const exporter = machine('App/Export', 'NightlyExport', ['photos/read']);
const album = spa('App/Album', 'Album', ['openid', 'photos/read']);
const sdk = machine('App/Phone', 'Phone', [], { oauth: false, flows: [], secret: false, authFlows: ['ALLOW_USER_SRP_AUTH'] });
const idToken: Access = { kind: 'idToken', authorizer: 'App/Auth' };

test('a yes names token, scope, authorizer and user pools', () => {
  expect(ask(exporter, anyOf('photos/read', 'photos/write'))).toMatchObject({
    verdict: 'allow',
    authorizer: { id: 'App/Auth', userPools: ['App/Pool'] },
    answers: [{ token: 'access', source: 'client_credentials', scopes: ['photos/read'], verdict: 'allow', reason: 'scopeMatched' }],
    decisive: { token: 'access', reason: 'scopeMatched' },
    matchedScopes: ['photos/read'],
  });
  expect(ask(exporter, anyOf('photos/read'))).not.toHaveProperty('hint');
});

test('a yes by the trigger of the user pool says that the trigger chooses', () => {
  const userPools = [pool('App/Pool', { tokenTrigger: 'V2_0', triggerScopes: ['photos/write'] })];
  expect(ask(album, anyOf('photos/write'), { userPools })).toMatchObject({
    verdict: 'allow',
    decisive: { reason: 'scopeMatched', text: 'the pre token generation trigger adds a scope that the method accepts, for callers of its choice' },
    matchedScopes: ['photos/write'],
  });
});

test('the decisive token of a no is the one that gets furthest', () => {
  const { answers, decisive } = ask(album, anyOf('photos/write'));
  expect(answers.map(({ token, reason }) => [token, reason])).toEqual([['access', 'scopeMissing'], ['id', 'accessTokenRequired']]);
  expect(decisive).toBe(answers[0]);
});

test('a public method is open without a token, whoever asks', () => {
  expect(ask(exporter, { kind: 'public' })).toMatchObject({ verdict: 'allow', answers: [{ token: 'none', reason: 'public' }] });
});

test('a Lambda authorizer cannot be known', () => {
  const explanation = ask(exporter, { kind: 'lambda', authorizer: 'App/L' });
  expect(explanation).toMatchObject({ verdict: 'unknown', decisive: { reason: 'unknown', text: 'a Lambda authorizer decides' } });
});

test.each<[string, Client | undefined, Access, Partial<AccessModel>, string]>([
  ['a scope that is not granted', exporter, anyOf('photos/write'), {}, 'grant the client photos/write'],
  ['one of several scopes', exporter, anyOf('photos/write', 'photos/all'), {}, 'grant the client one of photos/write, photos/all'],
  ['an inactive scope', exporter, anyOf('photos/read'), { resourceServers: [server('App/S', 'photos', [])] },
    'declare photos/read in its resource server again: the client has it, but tokens leave it out'],
  ['an OAuth switch that is off', { ...exporter, oauth: false }, anyOf('photos/read'), {},
    'turn on AllowedOAuthFlowsUserPoolClient of the client: without it, Cognito grants no OAuth tokens'],
  ['an OAuth switch that is off, with SDK sign-in', { ...exporter, oauth: false, authFlows: ['ALLOW_USER_SRP_AUTH'] }, anyOf('photos/read'), {},
    'turn on AllowedOAuthFlowsUserPoolClient of the client: without it, Cognito ignores its scopes'],
  ['a scope that a client without OAuth lacks', sdk, anyOf('photos/read', 'email'), {},
    'use a client that signs in through the pages, or a token trigger that adds photos/read: without OAuth, the client obtains no scope that it is granted'],
  ['a standard scope that a client without OAuth flows lacks', { ...sdk, oauth: true }, anyOf('phone'), {},
    'use a client that signs in through the pages: without OAuth, the client obtains no scope that it is granted'],
  ['no OAuth flow', { ...exporter, flows: [] }, anyOf('photos/read'), {}, 'give the client an OAuth flow'],
  ['client credentials without a secret', { ...exporter, secret: false }, anyOf('photos/read'), {},
    'give the client a secret: the client credentials grant needs one'],
  ['a standard scope for a machine', machine('App/M', 'M', ['openid']), anyOf('openid'), {},
    'give the method a custom scope: the client credentials grant does not issue openid'],
  ['another user pool', { ...exporter, userPool: 'App/Other' }, anyOf('photos/read'), { userPools: [pool('App/Pool'), pool('App/Other')] },
    'use a client of user pool App/Pool'],
  ['an authorizer of a user pool without the scope', exporter, anyOf('photos/read'),
    { userPools: [pool('App/Pool'), pool('App/Other')], authorizers: [authorizer('App/Auth', 'App/Api', ['App/Other'])] },
    'give the method an authorizer of user pool App/Pool, which has the scope'],
  ['the updated issuer', exporter, anyOf('photos/read'), { userPools: [pool('App/Pool', { issuer: 'updated' })] }, 'give the user pool the original issuer'],
  ['an identity validation expression', exporter, anyOf('photos/read'),
    { authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool'], { audience: 'x' })] },
    'remove the identity validation expression from the authorizer'],
  ['the scope email', exporter, anyOf('email'), {}, 'give the method a custom scope'],
  ['a method for ID tokens and a machine', exporter, idToken, {},
    'use a client that signs users in, or give the method scopes: a client without users obtains no ID token'],
  ['a method for ID tokens and a client without openid', spa('App/Spa', 'Spa', ['photos/read']), idToken, {},
    'grant the client openid, so that signing in gives an ID token'],
  ['no token for scopes', undefined, anyOf('photos/read'), {}, 'call with an access token that carries photos/read'],
  ['no token for ID tokens', undefined, idToken, {}, 'call with the ID token of a signed-in user'],
  ['an API key', exporter, { kind: 'apiKey' }, {}, 'send an API key of a usage plan of the stage'],
  ['AWS credentials', exporter, { kind: 'iam' }, {}, 'sign the request with AWS credentials that may invoke the method'],
])('a no because of %s says what to change', (_, client, access, parts, hint) => {
  expect(ask(client, access, parts)).toMatchObject({ verdict: 'deny', hint });
});

describe('the text', () => {
  test('is at most as wide as the terminal', () => {
    for (const width of [32, 40, 60]) {
      const text = renderExplanationText(ask(exporter, anyOf('photos/read')), plainText(width));
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  const textOf = (...args: Parameters<typeof ask>) => renderExplanationText(ask(...args), plainText(100));

  test('of a yes', () => {
    expect(textOf(exporter, anyOf('photos/read'))).toBe(`yes: NightlyExport, GET /asked of photo-api

needs       photos/read
authorizer  App/Auth, for tokens of App/Pool
matched     photos/read
because     access token of the client credentials grant: it carries a scope that the method accepts

tokens of the client
  + access token of the client credentials grant with photos/read: it carries a scope that the
    method accepts
`);
  });

  test('of a no for a caller without a token', () => {
    expect(textOf(undefined, anyOf('photos/read'))).toBe(`no: a caller without a token, GET /asked of photo-api

needs        photos/read
authorizer   App/Auth, for tokens of App/Pool
because      there is no token
to allow it  call with an access token that carries photos/read
`);
  });

  test.each<[Access, string]>([
    [{ kind: 'iam' }, 'AWS credentials must sign the request; the answer is for a caller without any'],
    [{ kind: 'apiKey' }, 'an API key is required; the answer is for a caller without one'],
  ])('of a no for %j says for whom it is', (access, because) => {
    expect(textOf(exporter, access)).toContain(`because      ${because}\n`);
  });

  test('names a client by its id too where it is called as callers without a token are', () => {
    expect(textOf(machine('App/It', 'anonymous', ['photos/read']), anyOf('photos/read'))).toMatch(/^yes: anonymous \(App\/It\), GET/);
  });

  test('of a client without tokens', () => {
    expect(textOf({ ...exporter, oauth: false }, anyOf('photos/read'))).toContain('because      the client obtains no token');
  });
});

test('property: an explanation agrees with the matrix', () => {
  fc.assert(fc.property(arbitraryModel(), (model) => {
    const { allowed, unknown } = buildMatrix(model);
    for (const asked of model.methods) {
      for (const client of [undefined, ...model.clients]) {
        const concerns = (entry: { principal: string; method: string }) => entry.method === asked.id
          && [ANONYMOUS, client?.id].includes(entry.principal);
        const expected = allowed.some(concerns) ? 'allow' : unknown.some(concerns) ? 'unknown' : 'deny';
        expect(explain(model, client, asked).verdict).toBe(expected);
      }
    }
  }));
});

test('an answer that hangs on a deprecated scope says so', () => {
  const deprecated = { replacedBy: 'photos/view', removeAfter: '2027-01-31', reason: 'unclear name' };
  const model = photoModel({ resourceServers: [{ ...server('App/Photos', 'photos', []), scopes: [{ name: 'read', deprecated }, { name: 'write' }] }] });
  const [client] = model.clients;
  const [list, create] = model.methods;
  const sentence = 'photos/read is deprecated and may go after 2027-01-31: unclear name; photos/view takes its place';
  expect(explain(model, client, list).deprecated).toEqual([sentence]);
  expect(explain(model, client, create)).not.toHaveProperty('deprecated');
  expect(renderExplanationText(explain(model, client, list), plainText(200))).toContain(`but         ${sentence}`);
});

describe('a route of which it is not certain which method answers', () => {
  const condition = { unknown: 'condition A of stack App' };
  const get = method('App/Get', 'GET', '/photos', anyOf('photos/read'));
  const any = method('App/Any', 'ANY', '/photos', { kind: 'public' });
  const route = { api: 'App/Api', verb: 'GET', path: '/photos' };
  const asked = (client: Client | undefined, ...methods: Method[]) => explain(photoModel({ methods }), client, methods[0], route);
  const because = (reason: string) => `which method answers the route cannot be known: ${reason}`;

  test('cannot be known where one method refuses and another may answer', () => {
    expect(asked(undefined, { ...get, condition }, any)).toMatchObject({
      verdict: 'unknown', method: { id: 'App/Get' }, alternatives: [{ id: 'App/Any' }], decisive: { token: 'none', text: because(condition.unknown) },
    });
    const admin = { ...get, condition, access: anyOf('photos/admin') };
    const proxy = method('App/Proxy', 'ANY', '/{proxy+}', anyOf('photos/read'));
    expect(asked(exporter, admin, proxy)).toMatchObject({ verdict: 'unknown', decisive: { token: 'access', text: because(condition.unknown) } });
    expect(asked(exporter, admin, proxy)).not.toHaveProperty('hint');
  });

  test('cannot be known where a public method may not be the one that answers', () => {
    const open = { ...get, path: { unknown: 'parameter Host', expression: '/${App/Host}' } };
    expect(asked(undefined, { ...any, path: '/{proxy+}' }, open)).toMatchObject({ verdict: 'unknown', decisive: { text: because('parameter Host') } });
  });

  test('cannot be known where the only method may not answer it', () => {
    const open = { ...get, verb: { unknown: 'parameter Verb' } };
    const text = 'whether the method answers the route cannot be known: parameter Verb';
    expect(asked(exporter, open)).toMatchObject({ verdict: 'unknown', decisive: { text } });
    expect(asked(exporter, open)).not.toHaveProperty('alternatives');
    expect(asked(undefined, open)).toMatchObject({ verdict: 'deny', hint: 'call with an access token that carries photos/read' });
  });

  test('is no where each of them refuses, without advice that would help with one alone', () => {
    const other = { ...any, access: anyOf('photos/write') };
    expect(asked(undefined, { ...get, condition }, other)).toMatchObject({ verdict: 'deny' });
    expect(asked(undefined, { ...get, condition }, other)).not.toHaveProperty('hint');
  });

  test('takes a client without tokens for a caller without one', () => {
    expect(asked({ ...exporter, oauth: false }, { ...get, condition }, any)).toMatchObject({ verdict: 'unknown', decisive: { token: 'none' } });
  });

  test('judges callers as having an API key where one of the methods demands it on top of a token', () => {
    const other = { ...any, access: anyOf('photos/read'), apiKeyRequired: true };
    expect(asked(exporter, { ...get, condition, access: { kind: 'apiKey' }, apiKeyRequired: true }, other).verdict).toBe('unknown');
  });

  test('names the other methods in the text', () => {
    expect(renderExplanationText(asked(undefined, { ...get, condition }, any), plainText(100))).toBe(`cannot be known: a caller without a token, GET /photos of photo-api

needs       photos/read
authorizer  App/Auth, for tokens of App/Pool
may answer  ANY /photos too (needs nothing)
because     which method answers the route cannot be known: condition A of stack App
`);
  });
});
