/**
 * A value that a template does not fix: a parameter without a default, an import from outside
 * the assembly, an intrinsic function of something unknown.
 */
export interface Unknown {
  /** Why the value cannot be known, for people. */
  readonly unknown: string;
  /**
   * Canonical text of the expression behind the value, such as `https://${App/Stage}.example.com/read`:
   * fixed text, and `${…}` for each part that is not known. Fixed text that has `${` itself is written `${!`.
   *
   * Two unknown values with the same expression are equal, whatever they turn out to be.
   * Absent where not even the expression is known.
   */
  readonly expression?: string;
}

/** A value of type `T`, or the reason why it cannot be known. */
export type Value<T> = T | Unknown;

/** Longest expression that is compared part by part. No name of Cognito or API Gateway comes near. */
const MAX_COMPARED_CHARACTERS = 10_000;

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
  if (isUnknown(a) && isUnknown(b) && left === right) return true;
  if (left.length > MAX_COMPARED_CHARACTERS || right.length > MAX_COMPARED_CHARACTERS) return undefined;
  return sameSymbols(symbolsOf(a), symbolsOf(b));
}

/** Concatenates texts. The result is unknown, with the first reason, where one of them is. */
export function joinText(parts: readonly Value<string>[]): Value<string> {
  const first = parts.find(isUnknown);
  if (first === undefined) return parts.join('');
  if (parts.some((part) => identityOf(part) === undefined)) return { unknown: first.unknown };
  // Only fixed text with a dollar sign can look like a placeholder.
  const plain = parts.every((part) => (isUnknown(part) ? !part.expression?.endsWith('$') : !part.includes('$')));
  return { unknown: first.unknown, expression: plain ? parts.map(identityOf).join('') : expressionOf(parts.flatMap(symbolsOf)) };
}

/** How a value is shown to people: the text itself, or the expression or reason in angle brackets. */
export function showValue(value: Value<string | number | boolean>): string {
  return isUnknown(value) ? `<${value.expression ?? value.unknown}>` : String(value);
}

/**
 * Takes a text apart: one element per code unit of fixed text, and one per `${…}` of an expression.
 * Empty where nothing at all is known.
 */
export function symbolsOf(value: Value<string>): string[] {
  const text = identityOf(value) ?? '';
  if (isKnown(value)) return text.split('');
  const symbols: string[] = [];
  const lastBrace = text.lastIndexOf('}');
  for (let position = 0; position < text.length; position++) {
    const opens = text.startsWith('${', position);
    if (opens && text[position + 2] === '!') {
      symbols.push('$', '{');
      position += 2;
    } else if (opens && position < lastBrace) {
      const end = text.indexOf('}', position);
      symbols.push(text.slice(position, end + 1));
      position = end;
    } else {
      symbols.push(text[position]);
    }
  }
  return symbols;
}

/** Puts a text together again from its symbols; `reason` is why it is not known, where a symbol is a placeholder. */
export function textOfSymbols(symbols: readonly string[], reason: string): Value<string> {
  return symbols.some(isPlaceholder) ? { unknown: reason, expression: expressionOf(symbols) } : symbols.join('');
}

/** Whether a symbol stands for a part that is not known. */
export function isPlaceholder(symbol: string): boolean {
  return symbol.length > 1;
}

/** Writes symbols as an expression; fixed `${` becomes `${!`, so that nobody takes it for a placeholder. */
function expressionOf(symbols: readonly string[]): string {
  return symbols.map((symbol, position) => (symbol === '{' && symbols[position - 1] === '$' ? '{!' : symbol)).join('');
}

/** Compares after taking away what both begin and end with: equal parts cancel out whatever they stand for. */
function sameSymbols(a: readonly string[], b: readonly string[]): boolean | undefined {
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
  return surelyLonger(left, right) || surelyLonger(right, left) ? false : undefined;
}

/** Whether the first is longer than the second whatever the placeholders stand for. */
function surelyLonger(a: readonly string[], b: readonly string[]): boolean {
  const placeholders = a.filter(isPlaceholder);
  for (const symbol of b.filter(isPlaceholder)) {
    const position = placeholders.indexOf(symbol);
    if (position < 0) return false;
    placeholders.splice(position, 1);
  }
  const fixedCharacters = (symbols: readonly string[]) => symbols.filter((symbol) => !isPlaceholder(symbol)).length;
  return fixedCharacters(a) > fixedCharacters(b);
}
