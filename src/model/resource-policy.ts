import { identityOf, isUnknown, type Unknown, type Value } from './value';

const NO_ALLOW: Unknown = {
  unknown: 'the resource policy of the API has no Allow statement for calls, and API Gateway refuses what a resource policy does not allow',
};
const DENY: Unknown = { unknown: 'the resource policy of the API has a Deny statement, which is not evaluated here' };

/** Where an API is deployed, as far as that is known. */
export interface ApiPlace {
  readonly account?: string;
  readonly region?: string;
}

const INVOKE = 'execute-api:invoke';

/**
 * Why a resource policy may refuse what authorizers let pass; undefined where it certainly allows every call of the API.
 *
 * With a Cognito authorizer and without any authorization, a request needs an explicit Allow: a policy of Deny statements alone
 * refuses everybody. Without the policy's Allow, AWS credentials of the same account may still do (API Gateway developer guide, «How API
 * Gateway resource policies affect authorization workflow», 2026). So certain is only an Allow without conditions, of everybody
 * (callers without AWS credentials are none of the principals that a policy can name), of calls, and of every method.
 *
 * @param policy the policy document, or its JSON
 * @param place of the API
 */
export function resourcePolicyDoubt(policy: unknown, place: ApiPlace = {}): Unknown | undefined {
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  if (isUnknown(document)) return unreadable(document);
  const { Statement: statement } = membersOf(document);
  if (isUnknown(statement)) return unreadable(statement);
  const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
  const doubts: (Unknown | undefined)[] = [];
  for (const each of statements) {
    const { Effect: effect } = membersOf(each);
    const open = [each, effect].find(isUnknown);
    if (open !== undefined) return unreadable(open);
    if (effect === 'Deny') return DENY;
    if (effect === 'Allow') doubts.push(allowDoubt(membersOf(each), place));
  }
  if (doubts.length > 0 && doubts.includes(undefined)) return undefined;
  return doubts.find((doubt) => doubt !== NO_ALLOW) ?? NO_ALLOW;
}

/**
 * Whether a resource policy certainly denies every call of everybody: by a Deny without conditions, which no Allow outweighs (IAM user
 * guide, «Policy evaluation logic»; API Gateway developer guide, «How API Gateway resource policies affect authorization workflow», 2026).
 *
 * @param policy the policy document, or its JSON
 * @param place of the API
 */
export function resourcePolicyDenies(policy: unknown, place: ApiPlace = {}): boolean {
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  return [membersOf(document).Statement].flat().some((each) => {
    const { Effect: effect, Action: action, Principal: principal, Condition: condition, Resource: resource } = membersOf(each);
    return effect === 'Deny' && condition === undefined && isEverybody(principal) && [action].flat().some(isInvoke) && coversApi(resource, place);
  });
}

/** Why an Allow may not be one of every call; undefined where it is. */
function allowDoubt(statement: Members, place: ApiPlace): Unknown | undefined {
  const { Action: action, NotAction: notAction, Principal: principal, Condition: condition, Resource: resource } = statement;
  if (notAction !== undefined) return allows('all but some actions (NotAction)');
  const actions = [action].flat().filter(mayBeInvoke);
  if (actions.length === 0) return NO_ALLOW;
  if (!actions.some(isInvoke)) return partly(actions, 'actions') ?? allows('some actions only');
  if (!isEverybody(principal)) return partly([principal, ...valuesOf(principal)], 'principals') ?? allows('some principals only');
  if (condition !== undefined) return allows('calls under a condition only');
  return coversApi(resource, place) ? undefined : partly([resource].flat(), 'resources') ?? allows('some resources only');
}

function allows(what: string): Unknown {
  return { unknown: `the resource policy of the API allows ${what}, which is not evaluated here` };
}

/** Why a part of a statement cannot be known, where that is so. */
function partly(parts: readonly unknown[], what: string): Unknown | undefined {
  const open = parts.find(isUnknown);
  return open && { unknown: `the ${what} that the resource policy of the API allows cannot be known: ${open.unknown}` };
}

/** Whether an action is certainly that of calls, `execute-api:Invoke`. Case does not matter; `*` stands for any characters. */
function isInvoke(action: unknown): boolean {
  if (typeof action !== 'string') return false;
  const name = action.toLowerCase();
  return name.endsWith('*') ? INVOKE.startsWith(name.slice(0, -1)) : name === INVOKE;
}

/** Whether an action may be that of calls; `*` and `?` stand for other characters. */
function mayBeInvoke(action: unknown): boolean {
  if (typeof action !== 'string') return true;
  const [prefix, ...wildcards] = action.toLowerCase().split(/[*?]/);
  return wildcards.length > 0 ? INVOKE.startsWith(prefix) : prefix === INVOKE;
}

function isEverybody(principal: unknown): boolean {
  return principal === '*' || [membersOf(principal).AWS].flat().includes('*');
}

/*
 * `execute-api:/*` stands for all stages, methods and paths of the API (API Gateway developer guide, «API Gateway resource policy
 * examples», 2026). What other texts stand for is not compared.
 */
const EVERY_METHOD = /^(?:\*|execute-api:\/\*(?:\/\*)*)$/;
const EVERY_METHOD_OF = /^arn:[^:]*:execute-api:(\*|\$\{AWS::Region\}|[\w-]+):(\*|\$\{AWS::AccountId\}|\d+):\*(?:\/\*)*$/;

/** Whether one of the resources of a statement is certainly every method of the API. The Region and account of the stack are those of the API. */
function coversApi(resource: unknown, place: ApiPlace): boolean {
  return [resource].flat().some((each) => {
    const text = typeof each === 'string' || isUnknown(each) ? identityOf(each as Value<string>) : undefined;
    if (text === undefined) return false;
    const arn = EVERY_METHOD_OF.exec(text.replace(/^arn:\$\{AWS::Partition\}/, 'arn:aws'));
    if (arn === null) return EVERY_METHOD.test(text);
    const [, region, account] = arn;
    return ['*', '${AWS::Region}', place.region].includes(region) && ['*', '${AWS::AccountId}', place.account].includes(account);
  });
}

function unreadable({ unknown }: Unknown): Unknown {
  return { unknown: `the resource policy of the API cannot be known: ${unknown}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { unknown: 'it is a text that is no JSON' };
  }
}

type Members = { readonly [name: string]: unknown };

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Members : {};
}

function valuesOf(value: unknown): unknown[] {
  return Object.values(membersOf(value)).flat();
}
