import { isUnknown, type Unknown } from './value';

const NO_ALLOW: Unknown = {
  unknown: 'the resource policy of the API has no Allow statement for calls, and API Gateway refuses what a resource policy does not allow',
};
const DENY: Unknown = { unknown: 'the resource policy of the API has a Deny statement, which is not evaluated here' };

/**
 * Why a resource policy may refuse what authorizers let pass; undefined where it has Allow statements only.
 *
 * With a Cognito authorizer and without any authorization, a request needs an explicit Allow: a policy of Deny statements alone
 * refuses everybody. Without the policy's Allow, AWS credentials of the same account may still do (API Gateway developer guide, «How API
 * Gateway resource policies affect authorization workflow», 2026). Neither principals nor conditions are evaluated.
 *
 * @param policy the policy document, or its JSON
 */
export function resourcePolicyDoubt(policy: unknown): Unknown | undefined {
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  if (isUnknown(document)) return unreadable(document);
  const { Statement: statement } = membersOf(document);
  if (isUnknown(statement)) return unreadable(statement);
  const statements: unknown[] = Array.isArray(statement) ? statement : [statement];
  let allows = false;
  for (const each of statements) {
    const { Effect: effect, Action: actions } = membersOf(each);
    const open = [each, effect].find(isUnknown);
    if (open !== undefined) return unreadable(open);
    if (effect === 'Deny') return DENY;
    if (effect === 'Allow' && (actions === undefined || [actions].flat().some(mayInvoke))) allows = true;
  }
  return allows ? undefined : NO_ALLOW;
}

/** Whether an action of a statement may be that of calls, `execute-api:Invoke`. Case does not matter; `*` and `?` stand for other characters. */
function mayInvoke(action: unknown): boolean {
  if (typeof action !== 'string') return true;
  const [prefix, ...wildcards] = action.toLowerCase().split(/[*?]/);
  return wildcards.length > 0 ? 'execute-api:invoke'.startsWith(prefix) : prefix === 'execute-api:invoke';
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

function membersOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as { [name: string]: unknown } : {};
}
