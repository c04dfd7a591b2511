import { isObject, objectOf, plainUnknown, type DocumentObject } from './json';
import { resolveReference } from './references';
import { isUnknown, stringOf, type Unknown, type Value } from '../model/value';

/** What a security scheme of a document is to API Gateway. */
export type Scheme =
  | { readonly kind: 'authorizer'; readonly authorizer: SchemeAuthorizer }
  | { readonly kind: 'iam' }
  | { readonly kind: 'apiKey' }
  /** Documentation only: API Gateway takes no notice. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown'; readonly reason: Unknown };

/** The authorizer that a security scheme declares. */
export interface SchemeAuthorizer {
  /** Key of the scheme, which becomes the name of the authorizer. */
  readonly name: string;
  /** `cognito_user_pools`, `token` or `request`. */
  readonly type: unknown;
  readonly providerArns: unknown;
  /** `identitySource` of the extension, or the header that the scheme names. */
  readonly identitySource: unknown;
  /** What `identityValidationExpression` demands of tokens, where it is not known what API Gateway makes of it. */
  readonly audience?: Unknown;
}

/** The authorization of an operation, in the words of `AWS::ApiGateway::Method`. */
export interface OperationSecurity {
  readonly authorizationType: Value<'NONE' | 'AWS_IAM' | 'COGNITO_USER_POOLS' | 'CUSTOM'>;
  /** Key of the security scheme whose authorizer checks the method. */
  readonly scheme?: string;
  readonly scopes: readonly Value<string>[];
  /** Scopes that are listed beside the authorizer's own; absent where there are none. */
  readonly uncheckedScopes?: readonly Value<string>[];
  readonly apiKeyRequired: Value<boolean>;
}

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';
/**
 * The name by which SAM asks for no authorizer (`Authorizer: NONE`) without declaring it, alone or beside the requirement of
 * an API key (aws/serverless-application-model, tests/translator/output/api_with_auth_all_maximum.json).
 */
const NO_AUTHORIZER = 'NONE';
/** Types of security schemes in OpenAPI 2.0 and 3.0. */
const SCHEME_TYPES = ['apiKey', 'basic', 'http', 'oauth2', 'openIdConnect'];

/** The security schemes of a document: `securityDefinitions` (OpenAPI 2.0) or `components.securitySchemes` (3.0). */
export function readSchemes(document: DocumentObject): ReadonlyMap<string, Scheme> {
  const resolved = (value: unknown) => resolveReference(value, document);
  const components = resolved(document.components);
  const parts = [resolved(document.securityDefinitions), isUnknown(components) ? components : resolved(objectOf(components).securitySchemes)];
  const schemes = new Map<string, Scheme>();
  // A part that is unknown may declare a scheme of this name.
  for (const part of parts) if (isUnknown(part)) schemes.set(NO_AUTHORIZER, { kind: 'unknown', reason: plainUnknown(part) });
  for (const part of parts) {
    for (const [name, scheme] of Object.entries(objectOf(part))) schemes.set(name, readScheme(name, resolved(scheme)));
  }
  return schemes;
}

function readScheme(name: string, scheme: unknown): Scheme {
  if (isUnknown(scheme)) return { kind: 'unknown', reason: plainUnknown(scheme) };
  if (!isObject(scheme)) return { kind: 'unknown', reason: { unknown: `security scheme ${name} is no object` } };
  const members = scheme;
  const { [AUTHORIZER]: authorizer, [AUTH_TYPE]: authType } = members;
  if (isUnknown(authorizer)) return { kind: 'unknown', reason: plainUnknown(authorizer) };
  if (isObject(authorizer)) {
    const { type } = members;
    if (isUnknown(type)) return { kind: 'unknown', reason: plainUnknown(type) };
    // The developer guide demands this type («x-amazon-apigateway-authorizer object»); what an import makes of others is not documented.
    if (type !== 'apiKey') return { kind: 'unknown', reason: { unknown: `security scheme ${name} has an authorizer and is not of type apiKey` } };
    const header = members.in === 'header' && typeof members.name === 'string' ? `method.request.header.${members.name}` : undefined;
    return {
      kind: 'authorizer',
      authorizer: {
        name,
        type: authorizer.type,
        providerArns: authorizer.providerARNs,
        identitySource: authorizer.identitySource ?? header,
        ...audienceOf(authorizer),
      },
    };
  }
  if (authorizer !== undefined && authorizer !== null) {
    return { kind: 'unknown', reason: { unknown: `the authorizer of security scheme ${name} is no object` } };
  }
  if (isUnknown(authType)) return { kind: 'unknown', reason: plainUnknown(authType) };
  if (stringOf(authType).toLowerCase() === 'awssigv4') return { kind: 'iam' };
  // API Gateway leaves methods with such a scheme out («Any methods with security … will not be created», aws-apigateway-importer#187).
  if (authType !== undefined) return { kind: 'unknown', reason: { unknown: `security scheme ${name} has an authorization type but no authorizer` } };
  return plainScheme(name, members);
}

/** The expression is documented for `token` only (developer guide, «x-amazon-apigateway-authorizer object»). */
function audienceOf({ type, identityValidationExpression: expression }: DocumentObject): { audience?: Unknown } {
  const lambda = !isUnknown(type) && ['token', 'request'].includes(stringOf(type).toLowerCase());
  if (lambda || expression === undefined || expression === null) return {};
  return { audience: { unknown: 'identityValidationExpression is documented for authorizers of type token only' } };
}

/** What a scheme without extensions is to API Gateway. */
function plainScheme(name: string, { type, in: place, name: header }: DocumentObject): Scheme {
  if (isUnknown(type)) return { kind: 'unknown', reason: plainUnknown(type) };
  if (!SCHEME_TYPES.includes(stringOf(type))) return { kind: 'unknown', reason: { unknown: `security scheme ${name} has no type of OpenAPI` } };
  // API keys come in this header only (API Gateway developer guide, «Configure a method to use API keys with an OpenAPI definition»).
  if (type !== 'apiKey' || (!isUnknown(place) && place !== 'header')) return { kind: 'ignored' };
  if (isUnknown(header)) return { kind: 'unknown', reason: plainUnknown(header) };
  if (stringOf(header).toLowerCase() !== 'x-api-key') return { kind: 'ignored' };
  return isUnknown(place) ? { kind: 'unknown', reason: plainUnknown(place) } : { kind: 'apiKey' };
}

interface Requirement {
  readonly scheme: string;
  readonly scopes: readonly Value<string>[];
  /** Why it is not known whether there are scopes at all, and so which kind of token the authorizer takes. */
  readonly perhapsNone?: Unknown;
}

/**
 * Understands the `security` of an operation, or of the document where the operation has none.
 *
 * A method of a REST API has one authorizer, and API Gateway matches any of its scopes. Documents can say more, with
 * several alternatives or several schemes at once. Which one API Gateway takes then is not documented, so the access
 * is unknown, unless all that name an authorizer say the same. API keys are demanded in addition, wherever they are named.
 *
 * Schemes of OpenAPI without extensions of API Gateway, such as `oauth2`, are taken for documentation that leaves a method
 * open. The documentation does not say so and it is not verified on the service; their scopes count as unchecked.
 */
export function operationSecurity(security: unknown, schemes: ReadonlyMap<string, Scheme>): OperationSecurity {
  if (security === undefined || security === null) return open(false);
  if (isUnknown(security)) return unclear(plainUnknown(security), []);
  if (!Array.isArray(security)) return unclear({ unknown: 'the security of the operation is no list' }, []);
  const needs: Requirement[] = [];
  const unchecked: Value<string>[] = [];
  let apiKey = false;
  let keyless = false;
  let reason: Unknown | undefined;
  let withoutAuthorizer = false;
  for (const requirement of security as unknown[]) {
    if (isUnknown(requirement)) reason ??= plainUnknown(requirement);
    else if (!isObject(requirement)) reason ??= { unknown: 'a requirement of security is no object' };
    const read = readRequirement(objectOf(requirement), schemes);
    reason ??= read.reason;
    needs.push(...read.needs);
    unchecked.push(...read.unchecked);
    if (read.apiKey) apiKey = true;
    else if (!read.none) keyless = true;
    if (read.none || (read.needs.length === 0 && !read.apiKey)) withoutAuthorizer = true;
  }
  const scopes = [...new Set([...needs.flatMap((each) => each.scopes), ...unchecked])];
  const keys = keyRequired(apiKey, keyless && needs.length === 0);
  if (reason !== undefined) return unclear(reason, scopes, keys);
  if (needs.length === 0) return open(keys, scopes);
  if (withoutAuthorizer || new Set(needs.map((each) => JSON.stringify(each))).size > 1) {
    return unclear({ unknown: 'the operation names several alternatives of security, and which one API Gateway takes is not documented' }, scopes, keys);
  }
  const authorization = authorizedBy(needs[0], schemes);
  if (authorization.authorizationType !== 'COGNITO_USER_POOLS') return { ...authorization, scopes, apiKeyRequired: keys };
  const { perhapsNone, scopes: checked } = needs[0];
  const beside = unchecked.length === 0 ? {} : { uncheckedScopes: [...new Set(unchecked)] };
  return perhapsNone === undefined
    ? { ...authorization, scopes: [...new Set(checked)], ...beside, apiKeyRequired: keys }
    : unclear({ unknown: `whether the operation has scopes is not known: ${perhapsNone.unknown}` }, scopes, keys);
}

function keyRequired(named: boolean, alsoWithout: boolean): Value<boolean> {
  return named && alsoWithout ? { unknown: 'the operation names an API key as one of several alternatives' } : named;
}

function readRequirement(requirement: DocumentObject, schemes: ReadonlyMap<string, Scheme>) {
  const needs: Requirement[] = [];
  const unchecked: Value<string>[] = [];
  let apiKey = false;
  let none = false;
  let reason: Unknown | undefined;
  for (const [name, scopes] of Object.entries(requirement)) {
    const scheme = schemes.get(name);
    if (scheme?.kind === 'authorizer' || scheme?.kind === 'iam') {
      const perhapsNone = perhapsEmpty(scopes);
      needs.push({ scheme: name, scopes: scopeList(scopes), ...(perhapsNone && { perhapsNone }) });
      continue;
    }
    unchecked.push(...scopeList(scopes));
    if (scheme === undefined && name === NO_AUTHORIZER) none = true;
    else if (scheme === undefined) reason ??= { unknown: `the document declares no security scheme ${name}` };
    else if (scheme.kind === 'unknown') reason ??= scheme.reason;
    else if (scheme.kind === 'apiKey') apiKey = true;
  }
  return { needs, unchecked, apiKey, none, reason };
}

/** Why a list of scopes may turn out to be empty; `undefined` where it is known whether it is. */
function perhapsEmpty(scopes: unknown): Unknown | undefined {
  if (scopes === undefined || scopes === null) return undefined;
  const elements = Array.isArray(scopes) ? scopes as unknown[] : [scopes];
  if (!Array.isArray(scopes) && !isUnknown(scopes)) return { unknown: 'the scopes of a requirement are no list' };
  const [first] = elements;
  if (first === undefined || !elements.every((each) => each === '' || mayBeAbsent(each))) return undefined;
  return isUnknown(first) ? plainUnknown(first) : { unknown: 'the only one is an empty text' };
}

/** Whether an unknown value of a template may turn out to be nothing at all. */
function mayBeAbsent(value: unknown): boolean {
  return isUnknown(value) && 'mayBeAbsent' in value && value.mayBeAbsent === true;
}

function scopeList(scopes: unknown): Value<string>[] {
  if (isUnknown(scopes)) return [plainUnknown(scopes)];
  if (typeof scopes === 'string') return [scopes];
  if (!Array.isArray(scopes)) return [];
  return scopes.map((scope: unknown) => {
    if (isUnknown(scope)) return plainUnknown(scope);
    return typeof scope === 'string' ? scope : { unknown: 'a scope is no text' };
  });
}

function authorizedBy({ scheme: name }: Requirement, schemes: ReadonlyMap<string, Scheme>): Pick<OperationSecurity, 'authorizationType' | 'scheme'> {
  const scheme = schemes.get(name);
  if (scheme?.kind !== 'authorizer') return { authorizationType: 'AWS_IAM' };
  const { type } = scheme.authorizer;
  if (isUnknown(type)) return { authorizationType: plainUnknown(type), scheme: name };
  switch (stringOf(type).toLowerCase()) {
    case 'cognito_user_pools': return { authorizationType: 'COGNITO_USER_POOLS', scheme: name };
    case 'token':
    case 'request': return { authorizationType: 'CUSTOM', scheme: name };
  }
  return { authorizationType: { unknown: `security scheme ${name} has an authorizer of an unknown type` }, scheme: name };
}

function open(apiKeyRequired: Value<boolean>, scopes: readonly Value<string>[] = []): OperationSecurity {
  return { authorizationType: 'NONE', scopes, apiKeyRequired };
}

function unclear(reason: Unknown, scopes: readonly Value<string>[], apiKeyRequired: Value<boolean> = false): OperationSecurity {
  return { authorizationType: reason, scopes, apiKeyRequired };
}
