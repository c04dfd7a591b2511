/**
 * A value that a template does not fix: a parameter without a default, an import from outside
 * the assembly, an intrinsic function of something unknown.
 */
export interface Unknown {
  /** Why the value cannot be known, for people. */
  readonly unknown: string;
  /**
   * Canonical text of the expression behind the value, such as `https://${App/Stage}.example.com/read`.
   *
   * Two unknown values with the same expression are equal, whatever they turn out to be.
   * Absent where not even the expression is known.
   */
  readonly expression?: string;
}

/** A value of type `T`, or the reason why it cannot be known. */
export type Value<T> = T | Unknown;

/** Returns whether `value` is known. */
export function isKnown<T extends string | number | boolean>(value: Value<T> | undefined): value is T {
  return value !== undefined && typeof value !== 'object';
}

/** Returns whether `value` is the reason why something cannot be known. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && typeof (value as Unknown).unknown === 'string';
}

/** The text that identifies a value: itself where it is known, its expression where it is not. */
export function identityOf(value: Value<string>): string | undefined {
  return isUnknown(value) ? value.expression : value;
}

/**
 * Whether two texts are the same: `true`, `false`, or `undefined` where that cannot be known.
 *
 * Expressions that differ only in fixed text are different: `${App/Host}/read` is never `${App/Host}/write`.
 */
export function sameText(a: Value<string>, b: Value<string>): boolean | undefined {
  if (isKnown(a) && isKnown(b)) return a === b;
  const left = identityOf(a);
  const right = identityOf(b);
  if (left === undefined || right === undefined) return undefined;
  return left === right ? true : sameExpression(symbolsOf(a, left), symbolsOf(b, right));
}

/** Concatenates texts. The result is unknown, with the first reason, where one of them is. */
export function joinText(parts: readonly Value<string>[]): Value<string> {
  const first = parts.find(isUnknown);
  if (first === undefined) return parts.join('');
  const identities = parts.map(identityOf);
  return identities.includes(undefined)
    ? { unknown: first.unknown }
    : { unknown: first.unknown, expression: identities.join('') };
}

/** How a value is shown to people: the text itself, or the expression or reason in angle brackets. */
export function showValue(value: Value<string | number | boolean>): string {
  return isUnknown(value) ? `<${value.expression ?? value.unknown}>` : String(value);
}

/** Takes a text apart: one element per character, and one per `${…}` where the text is an expression. */
function symbolsOf(value: Value<string>, text: string): string[] {
  return isUnknown(value) ? text.match(/\$\{[^}]*\}|[^]/g) ?? [] : [...text];
}

/** Compares after taking away what both begin and end with: equal parts cancel out whatever they stand for. */
function sameExpression(a: readonly string[], b: readonly string[]): boolean | undefined {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length === 0 && right.length === 0) return true;
  if (left.length > 0 && right.length > 0) {
    // What is left begins and ends differently; fixed text at either end proves that the whole differs.
    const fixed = (symbol: string) => !isPlaceholder(symbol);
    if (fixed(left[0]) && fixed(right[0])) return false;
    if (fixed(left[left.length - 1]) && fixed(right[right.length - 1])) return false;
  }
  if (left.some(isPlaceholder) || right.some(isPlaceholder)) return undefined;
  return false;
}

function isPlaceholder(symbol: string): boolean {
  return symbol.length > 1 && symbol.startsWith('${');
}
