import * as fc from 'fast-check';
import type { Access } from '../../src/model/access';
import type {
  AccessModel, Api, Authorizer, Client, Domain, Method, ResourceServer, Scope, UserPool, Verb,
} from '../../src/model/access-model';
import type { AccessRequest, PresentedToken } from '../../src/model/decide';
import type { Unknown, Value } from '../../src/model/value';

/*
 * Few names, so that ids, scopes and paths meet often, and some of them awkward:
 * identifiers with slashes, names that objects inherit, expressions that overlap with fixed text.
 */
const POOLS = ['App/Pool', 'App/Other', 'us-east-1_AbCdEfGhI'];
const IDENTIFIERS = ['photos', 'photos/v2', 'https://photos.example.com', '__proto__'];
const NAMES = ['read', 'write', 'read.all', 'constructor'];
const SCOPES = [
  ...IDENTIFIERS.flatMap((identifier) => NAMES.map((name) => `${identifier}/${name}`)),
  'openid', 'email', 'aws.cognito.signin.user.admin', 'photos', 'orders/read',
];
const SCOPE_EXPRESSIONS = ['${App/Id}/read', 'photos/${App/Name}', '${App/Id}/${App/Name}', '${App/Scope}'];
const PATHS = ['/', '/photos', '/photos/{id}', '/photos/{id}/tags', '/photos/latest', '/{proxy+}', '/photos/{proxy+}', '/__proto__'];
const REQUEST_PATHS = [
  '/', '/photos', '/photos/1', '/photos/latest', '/photos/latest/tags', '/photos/1/tags', '/photos/1/2/3', '/unknown', '/__proto__', '', '//', '/photos/',
];
const VERBS: readonly Verb[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];
const AUTH_FLOWS = ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_CLIENT_TOKEN_AUTH', 'ALLOW_CUSTOM_AUTH'];

/** What an arbitrary model may hold. */
export interface ArbitraryModelOptions {
  /** Whether values may be unknown and entities conditional. Default true. */
  readonly unknowns?: boolean;
}

/** A model with entities of every kind, references between them that mostly resolve, and unknown values. */
export function arbitraryModel(options: ArbitraryModelOptions = {}): fc.Arbitrary<AccessModel> {
  const unknowns = options.unknowns ?? true;
  const of = <T>(known: fc.Arbitrary<T>, ...expressions: string[]) => (unknowns ? valueOf(known, expressions) : known as fc.Arbitrary<Value<T>>);
  const condition = unknowns ? optional('condition', fc.constant({ unknown: 'condition IsProduction of stack App' }), 6) : fc.constant({});
  const scope: fc.Arbitrary<Scope> = fc.record({ name: of(oneOf(NAMES), '${App/Name}') })
    .chain((each) => optional('description', of(fc.constant('What it allows'))).map((description) => ({ ...each, ...description })));
  const pool = of(fc.constantFrom(...POOLS));
  const scopes = fc.array(of(oneOf(SCOPES), ...SCOPE_EXPRESSIONS), { maxLength: 4 });
  const authorizer = of(fc.constantFrom('App/Authorizer0', 'App/Authorizer1', 'App/Authorizer2', 'App/Missing'));

  const userPools: fc.Arbitrary<UserPool[]> = fc.tuple(...POOLS.map((id) => merged(
    fc.record({
      id: fc.constant(id),
      origin: fc.constantFrom('declared' as const, 'external' as const),
      issuer: of(mostly('original' as const, 'updated' as const)),
    }),
    optional('name', of(fc.constant('Users'))),
    optional('plan', of(fc.constantFrom('LITE', 'ESSENTIALS', 'PLUS'))),
    merged(
      optional('tokenTrigger', of(fc.constantFrom('V1_0' as const, 'V2_0' as const, 'V3_0' as const)), 4),
      optional('triggerScopes', scopes, 4),
    ),
    condition,
  )));
  const domains: fc.Arbitrary<Domain[]> = entities('App/Domain', 2, merged(
    fc.record({ userPool: pool, domain: of(fc.constantFrom('photos', 'auth.example.com')), custom: of(fc.boolean()) }), condition,
  ));
  const resourceServers: fc.Arbitrary<ResourceServer[]> = entities('App/Server', 4, merged(
    fc.record({
      origin: fc.constantFrom('declared' as const, 'external' as const),
      userPool: pool,
      identifier: of(oneOf(IDENTIFIERS), '${App/Id}', 'photos/${App/Version}'),
      scopes: fc.array(of(scope), { maxLength: 4 }),
    }),
    optional('name', of(fc.constant('Photos'))), condition,
  ));
  const clients: fc.Arbitrary<Client[]> = entities('App/Client', 4, merged(
    fc.record({
      origin: fc.constantFrom('declared' as const, 'external' as const),
      userPool: pool,
      oauth: of(mostly(true, false)),
      flows: fc.array(of(fc.constantFrom('client_credentials' as const, 'code' as const, 'implicit' as const)), { maxLength: 2 }),
      scopes,
      secret: of(fc.boolean()),
    }),
    optional('name', of(fc.constantFrom('Nightly export', 'Album'))),
    optional('authFlows', fc.array(of(fc.constantFrom(...AUTH_FLOWS)), { maxLength: 2 })),
    condition,
  ));
  const apis: fc.Arbitrary<Api[]> = entities('App/Api', 2, merged(
    fc.record({
      origin: fc.constantFrom('declared' as const, 'external' as const),
      kind: fc.constant('rest' as const),
      resourcePolicy: fc.boolean(),
      stages: fc.array(fc.record({ id: fc.constantFrom('App/Prod', 'App/Beta'), name: of(fc.constantFrom('prod', 'beta')) }), { maxLength: 2 }),
      gatewayResponses: fc.array(fc.record({
        responseType: of(fc.constantFrom('UNAUTHORIZED', 'DEFAULT_4XX')),
        parameters: fc.constant({ 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" }),
        templates: fc.constant({}),
      }), { maxLength: 2 }),
    }),
    optional('name', of(fc.constant('Photos'))), condition,
    unknowns ? optional('resourcePolicyDoubt', fc.constant({ unknown: 'the resource policy has a Deny statement' }), 6) : fc.constant({}),
    optional('resourcePolicyDenies', fc.constant(true as const), 6),
  ));
  const authorizers: fc.Arbitrary<Authorizer[]> = entities('App/Authorizer', 3, merged(
    fc.record({
      api: fc.constantFrom('App/Api0', 'App/Api1'),
      kind: of(mostly('cognito' as const, 'lambda' as const)),
      userPools: fc.array(pool, { maxLength: 3 }),
    }),
    optional('name', of(fc.constant('Users'))),
    optional('identitySource', of(fc.constant('method.request.header.Authorization'))),
    optional('audience', of(fc.constantFrom('client-1', 'client-[0-9]+', '(', '(c+)+$')), 6),
    condition,
  ));
  const unchecked = optional('uncheckedScopes', scopes, 4);
  const access: fc.Arbitrary<Access> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('anyOf' as const), authorizer, scopes: scopes.filter((each) => each.length > 0) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('idToken' as const), authorizer }) },
    merged(fc.record({ kind: fc.constant('iam' as const) }), unchecked),
    merged(fc.record({ kind: fc.constant('apiKey' as const) }), unchecked),
    merged(fc.record({ kind: fc.constant('public' as const) }), optional('reason', fc.constant('probe of the load balancer')), unchecked),
    merged(fc.record({ kind: fc.constant('lambda' as const), authorizer }), unchecked),
    ...unknowns ? [fc.constant<Access>({ kind: 'unknown', unknown: 'parameter Mode of stack App' })] : [],
  );
  const methods: fc.Arbitrary<Method[]> = entities('App/Method', 8, merged(
    fc.record({
      api: fc.constantFrom('App/Api0', 'App/Api1'),
      verb: of(fc.constantFrom(...VERBS)),
      path: of(fc.constantFrom(...PATHS), '/photos/${App/Part}'),
      access,
      apiKeyRequired: of(mostly(false, true)),
    }),
    optional('integration', of(fc.constantFrom('lambda' as const, 'http' as const, 'mock' as const, 'aws' as const))),
    condition,
  ));
  return fc.record({ version: fc.constant(1 as const), userPools, domains, resourceServers, clients, apis, authorizers, methods });
}

/** A request that a model may or may not allow: routes and tokens of the model, and others. */
export function arbitraryRequest(model: AccessModel): fc.Arbitrary<AccessRequest> {
  const apis = [...model.apis.map(({ id }) => id), 'App/Missing', '__proto__'];
  const methods = [...model.methods.map(({ id }) => id), 'App/Missing', '__proto__'];
  const target = fc.oneof(
    fc.record({ method: fc.constantFrom(...methods) }),
    fc.record({
      api: fc.constantFrom(...apis), verb: fc.constantFrom(...VERBS, 'TRACE', 'get', '__proto__'), path: fc.constantFrom(...REQUEST_PATHS),
    }),
  );
  return merged(
    fc.record({ target }),
    optional('token', fc.oneof({ weight: 5, arbitrary: arbitraryToken() }, fc.constant('unverifiable' as const)), 1),
    optional('apiKey', fc.boolean()),
    optional('iam', fc.boolean()),
  );
}

/** A token of one of the user pools of an arbitrary model. */
export function arbitraryToken(): fc.Arbitrary<PresentedToken> {
  return merged(
    fc.record({
      use: mostly('access' as const, 'id' as const),
      userPool: valueOf(fc.constantFrom(...POOLS, 'us-east-1_Elsewhere')),
      scopes: fc.array(valueOf(oneOf(SCOPES), SCOPE_EXPRESSIONS), { maxLength: 4 }),
    }),
    optional('audience', valueOf(fc.constantFrom('client-1', 'client-x'))),
    optional('expired', mostly(false, true), 4),
    optional('condition', fc.constant({ unknown: 'parameter Flow of stack App' }), 6),
  );
}

/** A full scope name that clients, methods and tokens of arbitrary models often hold. */
export function arbitraryScope(): fc.Arbitrary<Value<string>> {
  return valueOf(oneOf(SCOPES), SCOPE_EXPRESSIONS);
}

/** A value that is mostly known, and sometimes unknown with or without an expression. */
function valueOf<T>(known: fc.Arbitrary<T>, expressions: readonly string[] = ['${App/Parameter}']): fc.Arbitrary<Value<T>> {
  const unknown: fc.Arbitrary<Unknown>[] = [
    fc.constant({ unknown: 'parameter of stack App without a default' }),
    ...expressions.map((expression) => fc.constant({ unknown: 'parameter of stack App without a default', expression })),
  ];
  return fc.oneof({ weight: 8, arbitrary: known as fc.Arbitrary<Value<T>> }, { weight: 1, arbitrary: fc.oneof(...unknown) });
}

function oneOf(names: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...names);
}

function mostly<T>(usual: T, other: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) });
}

/** An object with the member in one of `every` + 1 cases, and without it otherwise. */
function optional<K extends string, T>(key: K, value: fc.Arbitrary<T>, every = 1): fc.Arbitrary<{ [P in K]?: T }> {
  const present = value.map((each) => ({ [key]: each }) as { [P in K]?: T });
  return fc.oneof({ weight: 1, arbitrary: present }, { weight: every, arbitrary: fc.constant({}) });
}

/** One object with the members of all. */
function merged<A, B>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>): fc.Arbitrary<A & B>;
function merged<A, B, C>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>, third: fc.Arbitrary<C>): fc.Arbitrary<A & B & C>;
function merged<A, B, C, D>(
  first: fc.Arbitrary<A>, second: fc.Arbitrary<B>, third: fc.Arbitrary<C>, fourth: fc.Arbitrary<D>,
): fc.Arbitrary<A & B & C & D>;
function merged<A, B, C, D, E>(
  first: fc.Arbitrary<A>, second: fc.Arbitrary<B>, third: fc.Arbitrary<C>, fourth: fc.Arbitrary<D>, fifth: fc.Arbitrary<E>,
): fc.Arbitrary<A & B & C & D & E>;
function merged(...parts: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.tuple(...parts).map((each) => Object.assign({}, ...each));
}

/** A list of up to `max` entities whose ids are the prefix and their position. */
function entities<T>(prefix: string, max: number, entity: fc.Arbitrary<T>): fc.Arbitrary<(T & { id: string })[]> {
  return fc.array(entity, { maxLength: max }).map((list) => list.map((each, position) => ({ id: `${prefix}${position}`, ...each })));
}
