import { LambdaVersion } from 'aws-cdk-lib/aws-cognito';
import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { failOn, type Problem } from '../../model/problem';

/** What an argument can be: how to tell, and what to pass. Objects are told by a member, as several copies of a class may be loaded. */
const KINDS = {
  'a text': { is: isText, fix: 'pass a text' },
  'true or false': { is: (value: unknown) => typeof value === 'boolean', fix: 'pass true or false' },
  'true, false or a token': {
    is: (value: unknown) => typeof value === 'boolean' || (value !== null && Token.isUnresolved(value)), fix: 'pass true or false',
  },
  'an object': { is: (value: unknown) => isObject(value), fix: 'pass an object with the properties' },
  'a Scope': { is: (value: unknown) => has(value, 'fullName'), fix: 'pass what addScope returned, or Scope.external("identifier/name")' },
  'an Access': { is: (value: unknown) => has(value, '_kind'), fix: 'pass an access such as Access.anyOf(scope)' },
  'a user pool': {
    is: (value: unknown) => has(value, 'userPoolId') && has(value, 'env') && has(value, 'node'),
    fix: 'pass a UserPool, or one that UserPool.fromUserPoolId returned',
  },
  'a resource server': {
    is: (value: unknown) => has(value, 'identifier') && has(value, 'userPool') && has(value, 'scopesKnown'),
    fix: 'pass a ScopedResourceServer, or one that fromAttributes returned',
  },
  'a Lambda function': { is: (value: unknown) => has(value, 'functionArn'), fix: 'pass a Lambda function' },
  'an integration': { is: (value: unknown) => has(value, 'bind'), fix: 'pass an integration such as new LambdaIntegration(handler)' },
  'a Duration': { is: (value: unknown) => has(value, 'toSeconds'), fix: 'pass a duration such as Duration.minutes(60)' },
  'a user pool domain': { is: (value: unknown) => has(value, 'domainName'), fix: 'pass what UserPoolDomain.fromDomainName returned' },
  'a certificate': { is: (value: unknown) => has(value, 'certificateRef'), fix: 'pass a Certificate, or what Certificate.fromCertificateArn returned' },
  'a gateway response type': { is: (value: unknown) => has(value, 'responseType'), fix: 'pass a type such as ResponseType.UNAUTHORIZED' },
  'an object with cognitoDomain or customDomain': { is: (value: unknown) => isObject(value), fix: 'pass one of them' },
  'an object with domainPrefix': { is: (value: unknown) => isObject(value), fix: 'pass an object such as { domainPrefix: "my-photos" }' },
  'an object with domainName and certificate': { is: (value: unknown) => isObject(value), fix: 'pass an object with both' },
  'an object with allowOrigins': { is: (value: unknown) => isObject(value), fix: 'pass an object such as { allowOrigins: Cors.ALL_ORIGINS }' },
  'an object with removeAfter and reason': { is: (value: unknown) => isObject(value), fix: 'pass an object with both' },
  'an object with flows': { is: (value: unknown) => isObject(value), fix: 'pass an object such as { userSrp: true }' },
  'an identity provider': { is: (value: unknown) => has(value, 'name'), fix: 'pass one such as UserPoolClientIdentityProvider.COGNITO' },
  'client attributes': {
    is: (value: unknown) => has(value, 'attributes'), fix: 'pass attributes such as new ClientAttributes().withStandardAttributes({ email: true })',
  },
  'a managed login branding': { is: (value: unknown) => has(value, '_defined'), fix: 'pass one such as ManagedLoginBranding.cognitoProvided()' },
  'a Lambda version': {
    is: (value: unknown) => Token.isUnresolved(value) || Object.values<unknown>(LambdaVersion).includes(value), fix: 'pass one such as LambdaVersion.V2_0',
  },
  'a removal policy': { is: (value: unknown) => Object.values<unknown>(RemovalPolicy).includes(value), fix: 'pass one such as RemovalPolicy.RETAIN' },
  'a ProtectedApi': { is: (value: unknown) => has(value, 'addRoute'), fix: 'pass the API' },
  'a Stack': { is: (value: unknown) => has(value, 'stackName'), fix: 'pass the stack' },
} as const;

type KindName = keyof typeof KINDS;
/** A kind, a list of a kind (`[]`), an object of a kind by name (`{}`), and each of them where it may be left out (`?`). */
type Kind = `${KindName}${'' | '[]' | '{}'}${'' | '?'}`;

/** The members of an object and their kinds. */
type Shape = { readonly [member: string]: Kind };

const CLIENT: Shape = { userPool: 'a user pool', scopes: 'a Scope[]', clientName: 'a text?', accessTokenValidity: 'a Duration?' };

const SIGN_IN: Shape = {
  idTokenValidity: 'a Duration?',
  refreshTokenValidity: 'a Duration?',
  authSessionValidity: 'a Duration?',
  refreshTokenRotationGracePeriod: 'a Duration?',
  enableTokenRevocation: 'true, false or a token?',
  preventUserExistenceErrors: 'true or false?',
  readAttributes: 'client attributes?',
  writeAttributes: 'client attributes?',
};

/** What objects of a kind have for members. */
const MEMBERS: { readonly [kind in KindName]?: Shape } = {
  'an object with cognitoDomain or customDomain': {
    cognitoDomain: 'an object with domainPrefix?', customDomain: 'an object with domainName and certificate?',
  },
  'an object with domainPrefix': { domainPrefix: 'a text' },
  'an object with domainName and certificate': { domainName: 'a text', certificate: 'a certificate' },
  'an object with allowOrigins': { allowOrigins: 'a text[]', exposeHeaders: 'a text[]?' },
  'an object with removeAfter and reason': { removeAfter: 'a text', reason: 'a text', replacedBy: 'a Scope?' },
  'an object with flows': {
    adminUserPassword: 'true or false?', custom: 'true or false?', userPassword: 'true or false?', userSrp: 'true or false?', user: 'true or false?',
  },
};

const DOMAIN = 'an object with cognitoDomain or customDomain?';

/** What every public call takes, as far as something else would fail less clearly. */
const CALLS = {
  resourceServer: {
    identifier: 'a text',
    resourceServerName: 'a text?',
    userPool: 'a user pool?',
    removalPolicy: 'a removal policy?',
    domain: DOMAIN,
    existingDomain: 'a user pool domain?',
  },
  serverReference: { identifier: 'a text', userPool: 'a user pool', scopeNames: 'a text[]?' },
  manifestReference: { manifest: 'a text', userPool: 'a user pool?' },
  scopeDeclaration: { name: 'a text', description: 'a text', options: 'an object' },
  scopeOptions: { deprecated: 'an object with removeAfter and reason?' },
  scopeName: { name: 'a text' },
  externalScope: { fullName: 'a text' },
  accessScopes: { scopes: 'a Scope[]' },
  publicAccess: { reason: 'a text' },
  clientKey: { id: 'a text' },
  machineClient: CLIENT,
  userClient: {
    ...CLIENT,
    ...SIGN_IN,
    callbackUrls: 'a text[]',
    logoutUrls: 'a text[]?',
    implicitGrantReason: 'a text?',
    identityProviders: 'an identity provider[]?',
    authFlows: 'an object with flows?',
    managedLoginBranding: 'a managed login branding?',
    enablePropagateAdditionalUserContextData: 'true, false or a token?',
  },
  sdkClient: {
    ...SIGN_IN,
    userPool: 'a user pool',
    authFlows: 'an object with flows',
    clientName: 'a text?',
    accessTokenValidity: 'a Duration?',
    generateSecret: 'true, false or a token?',
  },
  declaredAccess: { file: 'a text', userPool: 'a user pool?', userPools: 'a user pool{}?', removalPolicy: 'a removal policy?', domain: DOMAIN },
  declaredKey: { key: 'a text' },
  declaredRoute: { route: 'a text' },
  declaredRoutes: { api: 'a ProtectedApi', settings: 'an object' },
  clientReference: { ...CLIENT, clientId: 'a text' },
  api: {
    resourceServers: 'a resource server[]?',
    userPools: 'a user pool[]?',
    defaultMethodOptions: 'an object?',
    defaultCorsPreflightOptions: 'an object with allowOrigins?',
  },
  gatewayResponse: { id: 'a text', options: 'an object' },
  gatewayResponseOptions: { type: 'a gateway response type', responseHeaders: 'an object?', templates: 'an object?' },
  route: { route: 'a text', options: 'an object' },
  // A missing access has a message of its own.
  routeOptions: { access: 'an Access?', handler: 'a Lambda function?', integration: 'an integration?', apiKeyRequired: 'true or false?' },
  tokenTrigger: { userPool: 'a user pool', handler: 'a Lambda function', addsScopes: 'a Scope[]', lambdaVersion: 'a Lambda version?' },
  guard: { stack: 'a Stack', options: 'an object' },
  guardOptions: { previousTemplate: 'a text?', previousModel: 'a text?', accepted: 'a text[]?' },
} as const satisfies { readonly [call: string]: Shape };

/**
 * Fails where the arguments of a public call are missing or of another kind. Compilers of typed languages find this
 * first; JavaScript has no compiler.
 *
 * @param subject what the call is about, in the words of messages
 */
export function failAtArguments(call: keyof typeof CALLS, subject: string, given: object | undefined | null): void {
  if (!isObject(given)) {
    failOn([problem(`properties of ${subject}`, given, 'an object', KINDS['an object'].fix)]);
    return;
  }
  failOn(checkMembers(CALLS[call], subject, given));
}

function checkMembers(shape: Shape, subject: string, given: object): Problem[] {
  return Object.entries(shape).flatMap(([member, kind]) => check(`${member} of ${subject}`, (given as { [member: string]: unknown })[member], kind));
}

function check(subject: string, value: unknown, kind: Kind): Problem[] {
  if (value === undefined && kind.endsWith('?')) return [];
  const required = kind.replace(/\?$/, '');
  const name = required.replace(/(\[\]|\{\})$/, '') as KindName;
  const { is, fix } = KINDS[name];
  if (required === `${name}{}`) {
    if (!isObject(value)) return [problem(subject, value, `an object, each member ${name}`, fix)];
    return Object.entries(value).flatMap(([key, each]) => (is(each) ? [] : [problem(`"${key}" of ${subject}`, each, name, fix)]));
  }
  if (name === required) return is(value) ? checkMembers(MEMBERS[name] ?? {}, subject, value as object) : [problem(subject, value, name, fix)];
  // A list that only deployment knows is an array with one placeholder.
  if (!Array.isArray(value)) return [problem(subject, value, `a list, each ${name}`, fix)];
  return value.flatMap((each: unknown, position) => (is(each) ? [] : [problem(`${subject}, number ${position + 1}`, each, name, fix)]));
}

function problem(subject: string, value: unknown, expected: string, fix: string): Problem {
  const missing = value === undefined || value === null;
  return {
    code: 'ArgumentKind',
    subject,
    wrong: missing ? 'is missing' : 'is of another kind',
    ...(!missing && { got: isText(value) ? value : `<${Array.isArray(value) ? 'list' : typeof value}>` }),
    expected,
    fix,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: unknown, member: string): boolean {
  return isObject(value) && member in value;
}
