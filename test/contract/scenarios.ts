import type { Verb } from '../../src/model/access-model';
import type { AllowReason, DenyReason } from '../../src/model/decide';

/** File with the CloudFormation template that all scenarios are about. */
export const CONTRACT_TEMPLATE = 'contract.yaml';

/** A token that a client of the template obtains. */
export interface TokenOf {
  /** Logical id of the client, which is its ClientName too. */
  readonly client: string;
  readonly use: 'access' | 'id';
  readonly source: 'client_credentials' | 'code' | 'sdkSignIn' | 'clientToken';
  /** Scopes that the client asks for. Default: all that it may ask for. */
  readonly asksFor?: readonly string[];
}

/** What a request carries. */
export interface Credentials {
  readonly token?: TokenOf | 'garbage';
  /** What is done to the token on its way. */
  readonly fate?: 'tampered' | 'expired';
  /** What stands before the token in the `Authorization` header. Default `Bearer `. */
  readonly scheme?: '' | 'Bearer ';
  /** Whether the request carries the API key of the usage plan. */
  readonly apiKey?: boolean;
  /** Whether AWS credentials sign the request. */
  readonly iam?: boolean;
}

/** What comes of a scenario. */
export type Expectation =
  | { readonly verdict: 'allow'; readonly reason: AllowReason; readonly status: 200; /** The method that answers: `GET /photos/{id}`. */ readonly method: string }
  | { readonly verdict: 'deny'; readonly reason: DenyReason; readonly status: 401 | 403 }
  /** The template does not decide; the reason is for people. */
  | { readonly verdict: 'unknown'; readonly reason: string }
  /** The client does not obtain the token, so there is nothing to call with. */
  | { readonly verdict: 'noToken' };

/** One question about the template, with its answer. Plain data, the same for everybody who answers. */
export interface Scenario {
  /** Unique; results are reported under it. */
  readonly name: string;
  /** Values of the template's parameters. Where they differ from the defaults, the stack is updated to them after its first deployment. */
  readonly parameters: { readonly Retired: 'true' | 'false' };
  readonly credentials: Credentials;
  readonly verb: Exclude<Verb, 'ANY'>;
  /** Path of the request, without the stage. */
  readonly path: string;
  readonly expected: Expectation;
}

const machine = (client: string, ...asksFor: string[]): Credentials => ({
  token: { client, use: 'access', source: 'client_credentials', ...(asksFor.length > 0 && { asksFor }) },
});
const user = (client: string, use: TokenOf['use'], source: TokenOf['source']): Credentials => ({ token: { client, use, source } });

const allow = (method: string, reason: AllowReason = 'scopeMatched'): Expectation => ({ verdict: 'allow', reason, status: 200, method });
const deny = (reason: DenyReason): Expectation => ({ verdict: 'deny', reason, status: FORBIDDEN.includes(reason) ? 403 : 401 });
const FORBIDDEN: readonly DenyReason[] = ['noRoute', 'apiKeyRequired', 'iamRequired', 'resourcePolicyDenies'];
const unknown = (reason: string): Expectation => ({ verdict: 'unknown', reason });
const NO_TOKEN: Expectation = { verdict: 'noToken' };

type Row = readonly [name: string, credentials: Credentials, route: string, expected: Expectation, parameters?: Scenario['parameters']];

const ROWS: readonly Row[] = [
  // Is there a token at all
  ['no token on a method with scopes', {}, 'GET /photos', deny('noToken')],
  ['garbage instead of a token', { token: 'garbage' }, 'GET /photos', deny('unverifiableToken')],
  ['garbage without a scheme', { token: 'garbage', scheme: '' }, 'GET /photos', deny('unverifiableToken')],
  ['a token with a changed signature', { ...machine('Reader'), fate: 'tampered' }, 'GET /photos', deny('unverifiableToken')],
  ['an expired token', { ...machine('Reader'), fate: 'expired' }, 'GET /photos', deny('expiredToken')],
  // Scopes
  ['the scope of the method, with Bearer', machine('Reader'), 'GET /photos', allow('GET /photos')],
  ['the scope of the method, without Bearer', { ...machine('Reader'), scheme: '' }, 'GET /photos', allow('GET /photos')],
  ['the scope of the root path', machine('Reader'), 'GET /', allow('GET /')],
  ['another scope of the same server', machine('Writer'), 'GET /photos', deny('scopeMissing')],
  ['read where write is needed', machine('Reader'), 'POST /photos', deny('scopeMissing')],
  ['a scope that the needed one is the beginning of', machine('Archivist'), 'GET /photos', deny('scopeMissing')],
  ['a scope of the same name from another server', machine('AlbumReader'), 'GET /photos', deny('scopeMissing')],
  ['two scopes, the first is needed', machine('Editor'), 'GET /photos', allow('GET /photos')],
  ['two scopes, the second is needed', machine('Editor'), 'POST /photos', allow('POST /photos')],
  ['two scopes granted, but only one asked for', machine('Editor', 'photos/read'), 'POST /photos', deny('scopeMissing')],
  ['the one scope that was asked for', machine('Editor', 'photos/read'), 'GET /photos', allow('GET /photos')],
  ['the first of the scopes of a method', machine('Reader'), 'PUT /photos', allow('PUT /photos')],
  ['the second of the scopes of a method', machine('Writer'), 'PUT /photos', allow('PUT /photos')],
  ['none of the scopes of a method', machine('Viewer'), 'PUT /photos', deny('scopeMissing')],
  ['two servers on one method, scope of the first', machine('Writer'), 'DELETE /photos', allow('DELETE /photos')],
  ['two servers on one method, scope of the second', machine('Viewer'), 'DELETE /photos', allow('DELETE /photos')],
  ['two servers on one method, scope of neither', machine('Reader'), 'DELETE /photos', deny('scopeMissing')],
  ['a scope whose identifier has slashes', machine('Viewer'), 'GET /albums', allow('GET /albums')],
  ['another scope of the identifier with slashes', machine('AlbumReader'), 'GET /albums', deny('scopeMissing')],
  // User pools
  ['the same scope from another user pool', machine('Partner'), 'GET /photos', deny('otherUserPool')],
  ['two user pools on one authorizer, token of the first', machine('Reader'), 'GET /shared', allow('GET /shared')],
  ['two user pools on one authorizer, token of the second', machine('Partner'), 'GET /shared', allow('GET /shared')],
  ['two user pools on one authorizer, token of a third', machine('Stranger'), 'GET /shared', deny('otherUserPool')],
  // Users
  ['a user\'s access token with the scope', user('Album', 'access', 'code'), 'GET /photos', allow('GET /photos')],
  ['a user\'s access token without the scope', user('Album', 'access', 'code'), 'POST /photos', deny('scopeMissing')],
  ['an ID token on a method with scopes', user('Album', 'id', 'code'), 'GET /photos', deny('accessTokenRequired')],
  ['an ID token on a method without scopes', user('Album', 'id', 'code'), 'GET /me', allow('GET /me', 'idTokenAccepted')],
  ['a user\'s access token on a method without scopes', user('Album', 'access', 'code'), 'GET /me', deny('idTokenRequired')],
  ['a machine\'s access token on a method without scopes', machine('Reader'), 'GET /me', deny('idTokenRequired')],
  ['no token on a method without scopes', {}, 'GET /me', deny('noToken')],
  ['an ID token of another user pool', user('StrangerPhone', 'id', 'sdkSignIn'), 'GET /me', deny('otherUserPool')],
  ['the standard scope openid', user('Album', 'access', 'code'), 'GET /profile', allow('GET /profile')],
  ['openid where the client may not ask for it', user('Plain', 'access', 'code'), 'GET /profile', deny('scopeMissing')],
  ['an ID token of a client without openid', user('Plain', 'id', 'code'), 'GET /me', NO_TOKEN],
  ['the standard scope email', user('Album', 'access', 'code'), 'GET /email', deny('scopeNeverMatches')],
  ['an access token of SDK sign-in on a method with a custom scope', user('Phone', 'access', 'sdkSignIn'), 'GET /photos', deny('scopeMissing')],
  ['an access token of SDK sign-in on a method with its scope', user('Phone', 'access', 'sdkSignIn'), 'GET /account', allow('GET /account')],
  ['a code grant without the scope of SDK sign-in', user('Album', 'access', 'code'), 'GET /account', deny('scopeMissing')],
  ['an ID token of SDK sign-in', user('Phone', 'id', 'sdkSignIn'), 'GET /me', allow('GET /me', 'idTokenAccepted')],
  // What clients may do
  ['a client whose OAuth switch is off', machine('SwitchedOff'), 'GET /photos', NO_TOKEN],
  ['a machine client that signs users in', user('Reader', 'access', 'sdkSignIn'), 'GET /account', NO_TOKEN],
  ['an SDK client that asks for a code', user('Phone', 'access', 'code'), 'GET /photos', NO_TOKEN],
  // Inactive scopes
  ['a scope that is still declared', machine('Keeper'), 'GET /retired', allow('GET /retired')],
  ['a scope that is no longer declared', machine('Keeper'), 'GET /retired', deny('scopeMissing'), { Retired: 'true' }],
  ['a scope besides one that is no longer declared', machine('Keeper'), 'GET /photos', allow('GET /photos'), { Retired: 'true' }],
  // What a user pool or an authorizer adds to the rules
  ['a token with the updated issuer', user('ModernPhone', 'access', 'sdkSignIn'), 'GET /modern', deny('updatedIssuer')],
  ['a token without the audience that an authorizer demands', machine('Reader'), 'GET /bound', deny('audienceMismatch')],
  ['a user\'s token, whose request could name the audience', user('Album', 'access', 'code'), 'GET /bound',
    unknown('the request for the token can name a resource, which becomes its audience')],
  ['a scope that the trigger of the user pool adds', user('Member', 'access', 'sdkSignIn'), 'POST /entitled', allow('POST /entitled')],
  ['a scope that the trigger of the user pool takes away', user('Member', 'access', 'sdkSignIn'), 'GET /entitled', deny('scopeMissing')],
  ['a machine\'s token by GetClientToken', user('TokenReader', 'access', 'clientToken'), 'GET /photos', allow('GET /photos')],
  ['a machine\'s token by GetClientToken, without the scope', user('TokenReader', 'access', 'clientToken'), 'POST /photos', deny('scopeMissing')],
  ['GetClientToken of a client that may not use it', user('Reader', 'access', 'clientToken'), 'GET /photos', NO_TOKEN],
  ['a Lambda authorizer', machine('Reader'), 'GET /custom', unknown('a Lambda authorizer decides')],
  // Methods without the authorizer
  ['a public method without a token', {}, 'GET /health', allow('GET /health', 'public')],
  ['a public method with garbage', { token: 'garbage' }, 'GET /health', allow('GET /health', 'public')],
  ['a preflight request', {}, 'OPTIONS /photos', allow('OPTIONS /photos', 'public')],
  ['a method that needs an API key, without', {}, 'GET /key', deny('apiKeyRequired')],
  ['a method that needs an API key, with a token instead', machine('Reader'), 'GET /key', deny('apiKeyRequired')],
  ['a method that needs an API key, with it', { apiKey: true }, 'GET /key', allow('GET /key', 'apiKeyAccepted')],
  ['a scope and an API key, both there', { ...machine('Reader'), apiKey: true }, 'GET /keyed', allow('GET /keyed')],
  ['a scope and an API key, the key missing', machine('Reader'), 'GET /keyed', deny('apiKeyRequired')],
  ['a scope and an API key, the token missing', { apiKey: true }, 'GET /keyed', deny('noToken')],
  ['a method for AWS credentials, without', {}, 'GET /admin', deny('iamRequired')],
  ['a method for AWS credentials, with them', { iam: true }, 'GET /admin', allow('GET /admin', 'iamAccepted')],
  // Routes
  ['an unknown path', {}, 'GET /unknown', deny('noRoute')],
  ['a path above a method', {}, 'GET /files', deny('noRoute')],
  ['a path below a method', {}, 'GET /health/more', deny('noRoute')],
  ['a verb that the path does not have', {}, 'PATCH /photos', deny('noRoute')],
  ['HEAD where only GET is there', {}, 'HEAD /health', deny('noRoute')],
  ['a path in other letter case', {}, 'GET /Health', deny('noRoute')],
  ['a slash at the end', {}, 'GET /health/', allow('GET /health', 'public')],
  ['a path variable', machine('Reader'), 'GET /photos/42', allow('GET /photos/{id}')],
  ['a path variable, without the scope', machine('Writer'), 'GET /photos/42', deny('scopeMissing')],
  ['a fixed path part before a variable', {}, 'GET /photos/latest', allow('GET /photos/latest', 'public')],
  ['a verb of its own before ANY', machine('Reader'), 'GET /photos/42/tags', allow('GET /photos/{id}/tags')],
  ['a verb of its own before ANY, with the scope of ANY', machine('Writer'), 'GET /photos/42/tags', deny('scopeMissing')],
  ['ANY for another verb', machine('Writer'), 'DELETE /photos/42/tags', allow('ANY /photos/{id}/tags')],
  ['ANY for another verb, without its scope', machine('Reader'), 'DELETE /photos/42/tags', deny('scopeMissing')],
  ['a greedy variable for one part', machine('Reader'), 'GET /files/a', allow('GET /files/{proxy+}')],
  ['a greedy variable for several parts', machine('Reader'), 'GET /files/a/b/c', allow('GET /files/{proxy+}')],
  ['a greedy variable, without a token', {}, 'GET /files/a/b', deny('noToken')],
  ['a fixed path part before a greedy variable', {}, 'GET /files/readme', allow('GET /files/readme', 'public')],
  ['a greedy variable below a fixed path part', machine('Reader'), 'GET /files/readme/first', allow('GET /files/{proxy+}')],
];

/** Every scenario of «allowed», for all implementations. */
export const SCENARIOS: readonly Scenario[] = ROWS.map(([name, credentials, route, expected, parameters = { Retired: 'false' }]) => {
  const [verb, path] = route.split(' ') as [Scenario['verb'], string];
  return { name, parameters, credentials, verb, path, expected };
});
