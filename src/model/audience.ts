/** Longest `aud` claim that is matched: 256 characters are a client id or a resource server identifier. */
const MAX_AUDIENCE_CHARACTERS = 256;
const MAX_EXPRESSION_CHARACTERS = 1024;
/** Most groups and repetitions together: the time to match grows with a power of the length, and this is its exponent. */
const MAX_BRANCHES = 2;

const LITERAL = String.raw`[\w /:.,@~%=&!#"'<>;-]`;
const ESCAPED = String.raw`\\[^A-Za-z0-9]|\\[dDwWsS]`;
const SET = String.raw`\[\^?(?:[\w /:.,@~%=!#"'<>;+*?$(){}|-]|${ESCAPED})+\]`;
const REPETITION = String.raw`[*+?]|\{\d{1,3}(?:,\d{0,3})?\}`;

/* The part of regular expressions that Java and JavaScript read alike. */
const READABLE = new RegExp(String.raw`^(?:\((?:\?:)?|\)|\||\^|\$|(?:${LITERAL}|${ESCAPED}|${SET})(?:${REPETITION})?)*$`);
const ESCAPES_AND_SETS = new RegExp(`${ESCAPED}|${SET}`, 'g');

/**
 * Whether an `aud` claim matches an identity validation expression; `undefined` where that cannot be known.
 *
 * It is not verified whether API Gateway matches the whole claim or a part of it: the answer is `true` only where the
 * whole matches, and `false` only where no part does.
 */
export function matchAudience(expression: string, audience: string): boolean | undefined {
  if (expression.length > MAX_EXPRESSION_CHARACTERS || audience.length > MAX_AUDIENCE_CHARACTERS) return undefined;
  if (!READABLE.test(expression) || branchesOf(expression) > MAX_BRANCHES) return undefined;
  try {
    if (new RegExp(`^(?:${expression})$`).test(audience)) return true;
    return new RegExp(expression).test(audience) ? undefined : false;
  } catch {
    return undefined;
  }
}

/** A group that repeats cannot come here: after a closing bracket no repetition is readable. */
function branchesOf(expression: string): number {
  return expression.replace(ESCAPES_AND_SETS, 'x').replace(/\(\?:/g, '(').match(/[(*+?]|\{\d+,/g)?.length ?? 0;
}
