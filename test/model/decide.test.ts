import * as fc from 'fast-check';
import { arbitraryModel, arbitraryRequest, arbitraryScope } from './arbitrary-model';
import { anyOf, api, authorizer, method, modelOf, userPool } from './entities';
import type { Access } from '../../src/model/access';
import type { AccessModel, Authorizer, Method, UserPool } from '../../src/model/access-model';
import { decide, type AccessRequest, type Decision, type PresentedToken } from '../../src/model/decide';

const WHY = { unknown: 'parameter Mode of stack App' };
const ID_TOKEN: Access = { kind: 'idToken', authorizer: 'Authorizer' };
const READ = anyOf('photos/read');

function access(...scopes: string[]): PresentedToken {
  return { use: 'access', userPool: 'Pool', scopes };
}

function id(members: Partial<PresentedToken> = {}): PresentedToken {
  return { use: 'id', userPool: 'Pool', scopes: [], audience: 'client-1', ...members };
}

interface Around {
  readonly authorizer?: Partial<Authorizer>;
  readonly pool?: Partial<UserPool>;
  readonly method?: Partial<Method>;
}

/** The decision about one method with this access. */
function decideFor(needed: Access, request: Omit<AccessRequest, 'target'>, around: Around = {}): Decision {
  const model = modelOf({
    userPools: [userPool(around.pool), userPool({ id: 'Other' })],
    apis: [api()],
    authorizers: [authorizer(around.authorizer)],
    methods: [method('GET', '/photos', needed, around.method)],
  });
  return decide(model, { target: { method: 'GET /photos' }, ...request });
}

/** Verdict and reason in one word each. */
function short(decision: Decision): string {
  return decision.verdict === 'unknown' ? `unknown: ${decision.reason.unknown}` : `${decision.verdict} ${decision.reason}`;
}

describe('a method with scopes', () => {
  test.each<[string, AccessRequest['token'], string]>([
    ['its scope', access('photos/read'), 'allow scopeMatched'],
    ['its scope among others', access('openid', 'photos/write', 'photos/read'), 'allow scopeMatched'],
    ['no token', undefined, 'deny noToken'],
    ['something that is no token', 'unverifiable', 'deny unverifiableToken'],
    ['another scope', access('photos/write'), 'deny scopeMissing'],
    ['no scopes', access(), 'deny scopeMissing'],
    ['the beginning of the scope', access('photos/rea'), 'deny scopeMissing'],
    ['a longer scope', access('photos/read.all'), 'deny scopeMissing'],
    ['the scope in capitals', access('photos/READ'), 'deny scopeMissing'],
    ['the name of the scope alone', access('read'), 'deny scopeMissing'],
    ['the identifier alone', access('photos'), 'deny scopeMissing'],
    ['a wildcard', access('photos/*'), 'deny scopeMissing'],
    ['an ID token, even one with scopes', { ...id(), scopes: ['photos/read'] }, 'deny accessTokenRequired'],
    ['a token of another user pool', { ...access('photos/read'), userPool: 'Other' }, 'deny otherUserPool'],
    ['a token of a literal user pool, which may be the declared one', { ...access('photos/read'), userPool: 'us-east-1_Elsewhere' },
      'unknown: whether the user pools are the same cannot be known: Pool and us-east-1_Elsewhere may be one user pool'],
    ['an expired token', { ...access('photos/read'), expired: true }, 'deny expiredToken'],
  ])('answers as told to %s', (_, token, expected) => {
    expect(short(decideFor(READ, { token }))).toBe(expected);
  });

  test('names the scopes that matched, in the order of the method', () => {
    const decision = decideFor(anyOf('orders/read', 'photos/write', 'photos/read'), { token: access('photos/read', 'photos/write', 'openid') });
    expect(decision).toEqual({ verdict: 'allow', reason: 'scopeMatched', method: 'GET /photos', scopes: ['photos/write', 'photos/read'] });
  });

  test.each([
    ['openid', 'allow scopeMatched'],
    ['aws.cognito.signin.user.admin', 'allow scopeMatched'],
    ['email', 'deny scopeNeverMatches'],
    ['phone', 'unknown: whether API Gateway matches the scope phone is not verified'],
    ['profile', 'unknown: whether API Gateway matches the scope profile is not verified'],
  ])('of the standard scope %s: %s', (scope, expected) => {
    expect(short(decideFor(anyOf(scope), { token: access('openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin') }))).toBe(expected);
  });

  test('matches by another scope where one of them is email', () => {
    expect(short(decideFor(anyOf('email', 'openid'), { token: access('openid', 'email') }))).toBe('allow scopeMatched');
    expect(short(decideFor(anyOf('email', 'photos/read'), { token: access('email') }))).toBe('deny scopeMissing');
  });

  test('takes a scope that no resource server declares: the authorizer compares texts', () => {
    expect(short(decideFor(anyOf('http://example.com/scope1'), { token: access('http://example.com/scope1') }))).toBe('allow scopeMatched');
  });

  test('takes tokens of every pool of its authorizer, and of no other', () => {
    const around = { authorizer: { userPools: ['Pool', 'Second'] } };
    expect(short(decideFor(READ, { token: { ...access('photos/read'), userPool: 'Second' } }, around))).toBe('allow scopeMatched');
    expect(short(decideFor(READ, { token: { ...access('photos/read'), userPool: 'Other' } }, { authorizer: { userPools: ['Pool'] } }))).toBe('deny otherUserPool');
  });

  test('refuses tokens of a pool with the updated issuer, unless it cannot be known', () => {
    const token = access('photos/read');
    expect(short(decideFor(READ, { token }, { pool: { issuer: 'updated' } }))).toBe('deny updatedIssuer');
    expect(short(decideFor(READ, { token }, { pool: { issuer: WHY } }))).toBe(`unknown: ${WHY.unknown}`);
  });
});

describe('a method with the authorizer and no scopes', () => {
  test.each<[string, AccessRequest['token'], string]>([
    ['an ID token', id(), 'allow idTokenAccepted'],
    ['an access token', access('openid'), 'deny idTokenRequired'],
    ['no token', undefined, 'deny noToken'],
    ['garbage', 'unverifiable', 'deny unverifiableToken'],
    ['an ID token of another pool', id({ userPool: 'Other' }), 'deny otherUserPool'],
    ['an expired ID token', id({ expired: true }), 'deny expiredToken'],
  ])('answers as told to %s', (_, token, expected) => {
    expect(short(decideFor(ID_TOKEN, { token }))).toBe(expected);
  });
});

describe('a method without the authorizer', () => {
  test.each<[string, Access, Omit<AccessRequest, 'target'>, string]>([
    ['public, for nobody in particular', { kind: 'public' }, {}, 'allow public'],
    ['public, with garbage for a token', { kind: 'public' }, { token: 'unverifiable' }, 'allow public'],
    ['API key, with a key', { kind: 'apiKey' }, { apiKey: true }, 'allow apiKeyAccepted'],
    ['API key, without', { kind: 'apiKey' }, { token: access('photos/read') }, 'deny apiKeyRequired'],
    ['IAM, signed', { kind: 'iam' }, { iam: true }, 'allow iamAccepted'],
    ['IAM, with a token', { kind: 'iam' }, { token: access('photos/read') }, 'deny iamRequired'],
    ['Lambda authorizer', { kind: 'lambda', authorizer: 'Authorizer' }, { token: access() }, 'unknown: a Lambda authorizer decides'],
    ['unknown', { kind: 'unknown', ...WHY }, { token: access() }, `unknown: ${WHY.unknown}`],
  ])('%s', (_, needed, request, expected) => {
    expect(short(decideFor(needed, request))).toBe(expected);
  });

  test('does not check the scopes that it lists', () => {
    const decision = decideFor({ kind: 'public', uncheckedScopes: ['photos/read'] }, {});
    expect(decision).toEqual({ verdict: 'allow', reason: 'public', method: 'GET /photos', scopes: [] });
  });
});

describe('an API key on top of another access', () => {
  const key = (apiKeyRequired: Method['apiKeyRequired']) => ({ method: { apiKeyRequired } });
  test.each<[string, Omit<AccessRequest, 'target'>, Method['apiKeyRequired'], string]>([
    ['is needed besides the token', { token: access('photos/read') }, true, 'deny apiKeyRequired'],
    ['is enough together with the token', { token: access('photos/read'), apiKey: true }, true, 'allow scopeMatched'],
    ['is not enough without the token', { apiKey: true }, true, 'deny noToken'],
    ['is asked for after the token', {}, true, 'deny noToken'],
    ['may be needed', { token: access('photos/read') }, WHY, `unknown: ${WHY.unknown}`],
    ['may be needed, and is there', { token: access('photos/read'), apiKey: true }, WHY, 'allow scopeMatched'],
  ])('%s', (_, request, required, expected) => {
    expect(short(decideFor(READ, request, key(required)))).toBe(expected);
  });
});

describe('the order of checks', () => {
  const faults: Partial<PresentedToken>[] = [{ userPool: 'Other' }, { expired: true }, { use: 'id' }, { audience: 'client-2' }, { scopes: [] }];
  const reasons = ['otherUserPool', 'expiredToken', 'accessTokenRequired', 'audienceMismatch', 'scopeMissing'];
  test.each(reasons.map((reason, position) => [reason, position] as const))('gives %s before what comes later', (reason, position) => {
    const token = Object.assign({}, access('photos/read'), { audience: 'client-1' }, ...faults.slice(position));
    expect(short(decideFor(READ, { token }, { authorizer: { audience: 'client-1' } }))).toBe(`deny ${reason}`);
  });
});

describe('an identity validation expression', () => {
  const around = (audience: Authorizer['audience']) => ({ authorizer: { audience } });
  test.each<[string, Access, PresentedToken, Authorizer['audience'], string]>([
    ['that matches the audience', ID_TOKEN, id(), 'client-[0-9]+', 'allow idTokenAccepted'],
    ['that does not', ID_TOKEN, id(), 'other', 'deny audienceMismatch'],
    ['and an access token without audience', READ, access('photos/read'), 'client-1', 'deny audienceMismatch'],
    ['and an access token with audience', READ, { ...access('photos/read'), audience: 'client-1' }, 'client-1', 'allow scopeMatched'],
    ['and a client id that is not known yet', ID_TOKEN, id({ audience: undefined }), 'client-1', 'unknown: the client id is not known before deployment'],
    ['that is not known', ID_TOKEN, id(), WHY, `unknown: ${WHY.unknown}`],
    ['that is not known, and an access token without audience', READ, access('photos/read'), WHY, `unknown: ${WHY.unknown}`],
    ['that is empty', READ, access('photos/read'), '', 'unknown: what an empty identity validation expression does is not verified'],
    ['and an audience that is not known', ID_TOKEN, id({ audience: WHY }), 'client-1', `unknown: ${WHY.unknown}`],
    ['that cannot be read', ID_TOKEN, id(), '(', 'unknown: whether the identity validation expression matches cannot be known'],
  ])('%s', (_, needed, token, audience, expected) => {
    expect(short(decideFor(needed, { token }, around(audience)))).toBe(expected);
  });
});

test('a trigger may add the audience that an access token lacks', () => {
  const decisionWith = (tokenTrigger: UserPool['tokenTrigger']) => (
    short(decideFor(READ, { token: access('photos/read') }, { authorizer: { audience: 'client-1' }, pool: { tokenTrigger } }))
  );
  expect(decisionWith('V1_0')).toBe('deny audienceMismatch');
  expect(decisionWith('V2_0')).toBe('unknown: the pre token generation trigger of the user pool can add an audience');
});

describe('what cannot be known', () => {
  const token = access('photos/read');
  const scopes = (...each: Extract<Access, { kind: 'anyOf' }>['scopes'][number][]): Access => ({ kind: 'anyOf', authorizer: 'Authorizer', scopes: each });
  test.each<[string, Access, PresentedToken, Around, string]>([
    ['whether the method is there', READ, token, { method: { condition: WHY } }, `unknown: ${WHY.unknown}`],
    ['whether the token can be had', READ, { ...token, condition: WHY }, {}, `unknown: ${WHY.unknown}`],
    ['the authorizer', { ...READ, authorizer: WHY } as Access, token, {}, `unknown: ${WHY.unknown}`],
    ['an authorizer that is elsewhere', { ...READ, authorizer: 'Gone' } as Access, token, {}, 'unknown: authorizer Gone is not in the templates'],
    ['the kind of the authorizer', READ, token, { authorizer: { kind: WHY, userPools: [] } }, `unknown: ${WHY.unknown}`],
    ['what a Lambda authorizer takes, whatever the access says', READ, id(), { authorizer: { kind: 'lambda', userPools: [] } },
      'unknown: authorizer Authorizer is a Lambda authorizer, which decides itself'],
    ['the pools of the authorizer', READ, token, { authorizer: { userPools: [WHY] } },
      `unknown: whether the user pools are the same cannot be known: ${WHY.unknown}`],
    ['the pool of the token', READ, { ...token, userPool: WHY }, {},
      `unknown: whether the user pools are the same cannot be known: ${WHY.unknown}`],
    ['a scope of the method', scopes(WHY), token, {}, `unknown: ${WHY.unknown}`],
    ['the same expression for a scope, which may be a standard one, several or none', scopes({ ...WHY, expression: '${App/Scope}' }),
      { ...token, scopes: [{ ...WHY, expression: '${App/Scope}' }] }, {}, `unknown: ${WHY.unknown}`],
    ['the same expression for a scope under a condition', scopes({ ...WHY, expression: '${App/IsProduction ? photos/read : AWS::NoValue}' }),
      { ...token, scopes: [{ ...WHY, expression: '${App/IsProduction ? photos/read : AWS::NoValue}' }] }, {}, `unknown: ${WHY.unknown}`],
    ['a scope of the token', READ, { ...token, scopes: [WHY] }, {}, `unknown: ${WHY.unknown}`],
  ])('%s', (_, needed, presented, around, expected) => {
    expect(short(decideFor(needed, { token: presented }, around))).toBe(expected);
  });

  test.each<[string, Access, PresentedToken, Around, string]>([
    ['a method that may not be there refuses a token without its scope', READ, access(), { method: { condition: WHY } }, 'deny scopeMissing'],
    ['an unknown authorizer with scopes refuses ID tokens', { ...READ, authorizer: WHY } as Access, id(), {}, 'deny accessTokenRequired'],
    ['an unknown authorizer with scopes refuses a token without them', { ...READ, authorizer: WHY } as Access, access(), {}, 'deny scopeMissing'],
    ['one pool that is known is enough', READ, token, { authorizer: { userPools: [WHY, 'Pool'] } }, 'allow scopeMatched'],
    ['one scope that is known is enough', scopes(WHY, 'photos/read'), token, {}, 'allow scopeMatched'],
    ['a condition on the token does not matter to a public method', { kind: 'public' }, { ...token, condition: WHY }, {}, 'allow public'],
    ['the same expression is the same scope', scopes({ ...WHY, expression: '${App/Id}/read' }),
      { ...token, scopes: [{ ...WHY, expression: '${App/Id}/read' }] }, {}, 'allow scopeMatched'],
    ['another name is another scope', scopes({ ...WHY, expression: '${App/Id}/read' }),
      { ...token, scopes: [{ ...WHY, expression: '${App/Id}/write' }] }, {}, 'deny scopeMissing'],
  ])('does not matter where the answer is certain: %s', (_, needed, presented, around, expected) => {
    expect(short(decideFor(needed, { token: presented }, around))).toBe(expected);
  });
});

describe('a request by route', () => {
  const open = (id_: string): Method => method('GET', '/', { kind: 'public', reason: id_ }, { id: id_ });
  function answer(methods: readonly Method[], verb: string, path: string): string {
    const decision = decide(modelOf({ apis: [api()], authorizers: [authorizer()], methods }), { target: { api: 'Api', verb, path } });
    return decision.verdict === 'unknown' ? `unknown ${decision.method}` : `${decision.verdict} ${decision.method ?? decision.reason}`;
  }
  const at = (verb: Method['verb'], path: Method['path'], members: Partial<Method> = {}) => ({ ...open('x'), id: 'it', verb, path, ...members });

  test('is refused where no method answers', () => {
    expect(answer([at('GET', '/photos')], 'GET', '/other')).toBe('deny noRoute');
    expect(answer([at('GET', '/photos')], 'POST', '/photos')).toBe('deny noRoute');
    expect(answer([at('GET', '/photos', { api: 'Another' })], 'GET', '/photos')).toBe('deny noRoute');
  });

  test('is refused where the method asked for is not in the model', () => {
    expect(decide(modelOf(), { target: { method: '__proto__' } })).toEqual({ verdict: 'deny', reason: 'noRoute' });
    expect(decide(modelOf(), { target: { api: 'constructor', verb: 'GET', path: '/' } })).toEqual({ verdict: 'deny', reason: 'noRoute' });
  });

  test('may lead to a method whose verb or path is not known, where no other answers', () => {
    expect(answer([at('GET', WHY)], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at(WHY, '/photos')], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at('ANY', WHY)], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at('POST', WHY)], 'GET', '/photos')).toBe('deny noRoute');
    expect(answer([at('GET', WHY), at('GET', '/photos', { id: 'known' })], 'GET', '/photos')).toBe('allow known');
  });

  test('is not certain of a method where one of unknown verb or path may be more specific', () => {
    const hidden = at('GET', WHY, { id: 'hidden' });
    expect(answer([hidden, at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([hidden, at('GET', '/{proxy+}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([hidden, at('ANY', '/photos')], 'GET', '/photos')).toBe('unknown it');
    expect(answer([{ ...hidden, verb: WHY }, at('ANY', '/photos')], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at(WHY, '/photos/latest', { id: 'hidden' }), at('GET', '/photos/{id}')], 'GET', '/photos/latest')).toBe('unknown it');
    expect(answer([at(WHY, '/photos/{id}', { id: 'hidden' }), at('ANY', '/photos/{id}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([hidden, at('GET', '/photos/{id}', { access: READ })], 'GET', '/photos/7')).toBe('unknown it');
  });

  test('is certain of it where none can be', () => {
    const hidden = at('GET', WHY, { id: 'hidden' });
    expect(answer([hidden, at('GET', '/photos/latest')], 'GET', '/photos/latest')).toBe('allow it');
    expect(answer([at('POST', WHY, { id: 'hidden' }), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([at(WHY, '/photos/latest', { id: 'hidden' }), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([at(WHY, '/{proxy+}', { id: 'hidden' }), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([at(WHY, '/photos/{id}', { id: 'hidden' }), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([{ ...hidden, access: READ }, at('GET', '/photos/{id}', { access: READ })], 'GET', '/photos/7')).toBe('deny it');
    const below = (expression: string) => at('GET', { unknown: 'parameter', expression }, { id: 'hidden' });
    expect(answer([below('/albums/${App/Part}'), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([below('/photos/${App/Part}'), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([below('/{kind}/${App/Part}'), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([below('/pho${App/Part}'), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('allow it');
    expect(answer([below('/pho${App/Part}/{id}'), at('GET', '/photos/{id}')], 'GET', '/photos/7')).toBe('unknown it');
    expect(answer([at(WHY, '/photos/latest')], 'GET', '/other')).toBe('deny noRoute');
  });

  test.each([
    ['/${App/Host}', '/photos', true],
    ['/${App/Host}', '/photos/', true],
    // It may be a greedy variable.
    ['/${App/Host}', '/photos/7', true],
    ['/${App/Host}', '/', false],
    ['/v-${App/Host}', '/v-1', true],
    ['/v-${App/Host}', '/v-1/photos', false],
    ['/v-${App/Host}', '/w-1', false],
    ['/${App/Host}-x', '/photos', false],
    ['/${App/Host}/photos', '/eu/photos', true],
    ['/${App/Host}/photos', '/eu/albums', false],
    ['/${App/Host}/photos', '/eu/photos/7', false],
    ['/${App/Host}/{id}', '/eu/photos', true],
    ['/${App/Host}/{id}', '/eu/photos/7', false],
    ['/${App/Host}/{proxy+}', '/eu/photos/7', true],
    ['/{${App/Name}}', '/photos', true],
    ['/{${App/Name}}', '/photos/7', true],
    ['${path of App/Res}/photos', '/a/b/photos', true],
  ])('a path %s that is not known may match %s: %s', (expression, request, matches) => {
    expect(answer([at('GET', { unknown: 'parameter', expression })], 'GET', request)).toBe(matches ? 'unknown it' : 'deny noRoute');
  });

  test('says why it cannot be known which method answers', () => {
    const reason = (...methods: Method[]) => {
      const decision = decide(modelOf({ apis: [api()], methods }), { target: { api: 'Api', verb: 'GET', path: '/photos' } });
      return decision.verdict === 'unknown' && decision.reason.unknown;
    };
    const hidden = at('GET', { unknown: 'parameter Host', expression: '/${App/Host}' }, { id: 'hidden' });
    expect(reason(hidden)).toBe('whether the method answers the route cannot be known: parameter Host');
    expect(reason(hidden, at('ANY', '/{proxy+}'))).toBe('which method answers the route cannot be known: parameter Host');
  });

  test('is refused where a method of unknown path would refuse it too', () => {
    expect(answer([at('GET', WHY, { access: READ })], 'GET', '/photos')).toBe('deny it');
  });

  test('may fall through a method that may not be there', () => {
    const maybe = { condition: WHY, access: READ, id: 'maybe' };
    expect(answer([at('GET', '/photos', maybe)], 'GET', '/photos')).toBe('deny maybe');
    expect(answer([at('GET', '/photos', maybe), at('ANY', '/photos')], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at('GET', '/photos', maybe), at('GET', '/{proxy+}')], 'GET', '/photos')).toBe('unknown it');
    expect(answer([at('GET', '/photos', maybe), at('GET', '/{proxy+}', { access: READ })], 'GET', '/photos')).toBe('deny maybe');
    expect(answer([at('GET', '/photos', maybe), at('POST', '/photos'), at('GET', '/{proxy+}')], 'GET', '/photos')).toBe('deny maybe');
  });

  test('looks at both of two methods that exclude each other', () => {
    const strict = at('GET', '/photos', { id: 'strict', condition: WHY, access: READ });
    const lax = at('GET', '/photos', { id: 'lax', condition: { unknown: 'not IsProduction' } });
    expect(answer([strict, lax], 'GET', '/photos')).toBe('unknown lax');
    expect(answer([lax, strict], 'GET', '/photos')).toBe('unknown lax');
  });
});

describe('property:', () => {
  const modelAndRequest = (options?: { unknowns: boolean }) => arbitraryModel(options)
    .chain((model) => fc.tuple(fc.constant(model), arbitraryRequest(model)));

  test('decide never throws, and gives every verdict', () => {
    const verdicts = new Set<string>();
    fc.assert(fc.property(modelAndRequest(), ([model, request]) => {
      verdicts.add(decide(model, request).verdict);
    }), { numRuns: 2000 });
    expect([...verdicts].sort()).toEqual(['allow', 'deny', 'unknown']);
  });

  test('without unknown values, only Lambda authorizers and authorizers outside the model leave an answer open', () => {
    fc.assert(fc.property(modelAndRequest({ unknowns: false }), ([model, request]) => {
      fc.pre(typeof request.token !== 'object' || [request.token.userPool, ...request.token.scopes, request.token.audience, request.token.condition]
        .every((each) => typeof each !== 'object'));
      const decision = decide(model, request);
      if (decision.verdict !== 'unknown') return;
      expect(decision.reason.unknown).toMatch(/^a Lambda authorizer decides$|is not in the templates$|which decides itself$|can add an audience$|^the client id is not known|^whether the (identity|user pools)/);
    }), { numRuns: 2000 });
  });

  test('more scopes in a token never turn allow into something else, nor unknown into deny', () => {
    fc.assert(fc.property(modelAndRequest(), arbitraryScope(), ([model, request], scope) => {
      fc.pre(typeof request.token === 'object');
      const token = request.token as PresentedToken;
      const more = decide(model, { ...request, token: { ...token, scopes: [...token.scopes, scope] } });
      expect(rank(more)).toBeGreaterThanOrEqual(rank(decide(model, request)));
    }), { numRuns: 2000 });
  });

  test('more scopes on methods never turn allow into something else, nor unknown into deny', () => {
    fc.assert(fc.property(modelAndRequest(), arbitraryScope(), ([model, request], scope) => {
      expect(rank(decide(withScope(model, scope), request))).toBeGreaterThanOrEqual(rank(decide(model, request)));
    }), { numRuns: 2000 });
  });

  test('a caller who can do more is never refused more', () => {
    fc.assert(fc.property(modelAndRequest(), ([model, request]) => {
      const more = decide(model, { ...request, apiKey: true, iam: true });
      expect(rank(more)).toBeGreaterThanOrEqual(rank(decide(model, request)));
    }), { numRuns: 1000 });
  });

  test('a condition on a method never turns deny into allow, nor the reverse', () => {
    fc.assert(fc.property(modelAndRequest(), ([model, request]) => {
      const before = decide(model, request).verdict;
      const after = decide({ ...model, methods: model.methods.map((each) => ({ ...each, condition: WHY })) }, request).verdict;
      expect([before, after]).not.toEqual(['deny', 'allow']);
      expect([before, after]).not.toEqual(['allow', 'deny']);
    }), { numRuns: 1000 });
  });

  function rank(decision: Decision): number {
    return ['deny', 'unknown', 'allow'].indexOf(decision.verdict);
  }

  function withScope(model: AccessModel, scope: Extract<Access, { kind: 'anyOf' }>['scopes'][number]): AccessModel {
    const more = (needed: Access): Access => (needed.kind === 'anyOf' ? { ...needed, scopes: [...needed.scopes, scope] } : needed);
    return { ...model, methods: model.methods.map((each) => ({ ...each, access: more(each.access) })) };
  }
});
