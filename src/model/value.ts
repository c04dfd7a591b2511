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
  if (fixedPartsDiffer(a, b)) return false;
  return sameSymbols(symbolsOf(a), symbolsOf(b));
}

/** Concatenates texts. The result is unknown, with the first reason, where one of them is. */
export function joinText(parts: readonly Value<string>[]): Value<string> {
  const first = parts.find(isUnknown);
  if (first === undefined) return parts.join('');
  const identities: string[] = [];
  let plain = true;
  for (const part of parts) {
    const identity = identityOf(part);
    if (identity === undefined) return { unknown: first.unknown };
    identities.push(identity);
    // Only fixed text with a dollar sign can look like a placeholder.
    if (isUnknown(part) ? identity.endsWith('$') : identity.includes('$')) plain = false;
  }
  return { unknown: first.unknown, expression: plain ? identities.join('') : expressionOf(parts.flatMap(symbolsOf)) };
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
  let position = 0;
  for (let opens = text.indexOf('${'); opens >= 0; opens = text.indexOf('${', position)) {
    addCharacters(symbols, text, position, opens);
    if (text[opens + 2] === '!') {
      symbols.push('$', '{');
      position = opens + 3;
    } else if (opens < lastBrace) {
      position = text.indexOf('}', opens) + 1;
      symbols.push(text.slice(opens, position));
    } else {
      position = opens + 1;
      symbols.push('$');
    }
  }
  addCharacters(symbols, text, position, text.length);
  return symbols;
}

function addCharacters(symbols: string[], text: string, from: number, to: number): void {
  for (let position = from; position < to; position++) symbols.push(text[position]);
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

/** Whether fixed text at the beginning or at the end proves that two texts differ. Takes neither apart. */
function fixedPartsDiffer(a: Value<string>, b: Value<string>): boolean {
  const [startOfA, startOfB] = [fixedStart(a), fixedStart(b)];
  const start = Math.min(startOfA.length, startOfB.length);
  for (let position = 0; position < start; position++) {
    if (startOfA.charCodeAt(position) !== startOfB.charCodeAt(position)) return true;
  }
  const [endOfA, endOfB] = [fixedEnd(a), fixedEnd(b)];
  const end = Math.min(endOfA.length, endOfB.length);
  for (let position = 1; position <= end; position++) {
    if (endOfA.charCodeAt(endOfA.length - position) !== endOfB.charCodeAt(endOfB.length - position)) return true;
  }
  return false;
}

function fixedStart(value: Value<string>): string {
  if (!isUnknown(value)) return value;
  const { expression: text = '' } = value;
  const dollar = text.indexOf('${');
  return dollar < 0 ? text : text.slice(0, dollar);
}

/** Text that certainly stands at the end of a value: the whole of a known one, and what is behind the last placeholder of an expression. */
export function fixedEnd(value: Value<string>): string {
  if (!isUnknown(value)) return value;
  const { expression: text = '' } = value;
  const brace = text.lastIndexOf('}');
  return text.lastIndexOf('${') > brace ? '' : text.slice(brace + 1);
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

/** The value as a text; an empty one where it is none. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
