import { identityOf, joinText, type Unknown, type Value } from '../model/value';

/** What an intrinsic function gives where the template does not fix its value. */
export class Unresolved implements Unknown {
  private ownName?: string | null;

  public constructor(
    public readonly unknown: string,
    public readonly expression?: string,
    /** Whether it may turn out to be nothing at all (`AWS::NoValue` or an empty list in a branch). */
    public readonly mayBeAbsent: boolean = false,
  ) {}

  /** The name of the one placeholder that is the whole expression, such as `Stack/LogicalId`. */
  public get name(): string | undefined {
    if (this.ownName === undefined) this.ownName = placeholderName(this.expression) ?? null;
    return this.ownName ?? undefined;
  }
}

/** What a scalar of YAML gives that is read in more than one way. */
export class UnresolvedScalar extends Unresolved {
  public constructor(
    source: string,
    /** Its text, where only whether it equals another value is open. */
    public readonly text: string | undefined,
    /** What it is where a flag is read. */
    public readonly flag: boolean | undefined,
  ) {
    super(`whether the unquoted ${source} stays as it is written is not verified`);
  }
}

/** A part of a template after its intrinsic functions are resolved. Absent values are `undefined`. */
export type Resolved =
  | undefined | null | string | number | boolean | Unresolved
  | readonly Resolved[] | { readonly [key: string]: Resolved };

/** A resolved object, not a list and not unresolved. */
export type ResolvedObject = { readonly [key: string]: Resolved };

/** Returns whether `value` is an object whose members are known. */
export function isResolvedObject(value: Resolved): value is ResolvedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unresolved);
}

/** A text, as CloudFormation converts it; unresolved where it is a list or an object. */
export function toText(value: Resolved, subject: string): string | Unresolved {
  if (value instanceof UnresolvedScalar) return value.text ?? value;
  if (typeof value === 'string' || value instanceof Unresolved) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return new Unresolved(`${subject} is no text`);
}

/** Longer than any text that is about access; keeps texts that double themselves from growing without end. */
export const MAX_TEXT_CHARACTERS = 10_000;

/** A text, or unresolved where it or its expression is longer than any text that is about access. */
export function withinLength(text: string | Unresolved): string | Unresolved {
  return lengthOf(text) > MAX_TEXT_CHARACTERS ? tooLong() : text;
}

function tooLong(): Unresolved {
  return new Unresolved(`a text is longer than ${MAX_TEXT_CHARACTERS} characters`);
}

function lengthOf(text: string | Unresolved): number {
  return (typeof text === 'string' ? text : text.expression ?? '').length;
}

/** Concatenates texts. */
export function concatenate(parts: readonly (string | Unresolved)[]): string | Unresolved {
  if (parts.reduce((length, part) => length + lengthOf(part), 0) > MAX_TEXT_CHARACTERS) return tooLong();
  const text = joinText(parts);
  if (typeof text === 'string') return text;
  const uncertain = parts.some((part) => part instanceof Unresolved && part.mayBeAbsent);
  return new Unresolved(text.unknown, uncertain ? undefined : text.expression);
}

/** One placeholder of an expression. Expressions inside its name are written with angle brackets. */
export function placeholder(name: string): string {
  return `\${${name.replace(/\$\{/g, '<').replace(/\}/g, '>')}}`;
}

/** The name in an expression that is one placeholder and nothing else. */
export function placeholderName(expression: string | undefined): string | undefined {
  return expression === undefined ? undefined : /^\$\{([^}]+)\}$/.exec(expression)?.[1];
}

/** Text that identifies a resolved value, where there is one. */
export function identityOfResolved(value: Resolved): string | undefined {
  if (value === undefined) return 'AWS::NoValue';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || value instanceof Unresolved) return identityOf(value as Value<string>);
  return containsUnresolved(value) ? undefined : JSON.stringify(value);
}

/** Returns whether anything inside `value` is unresolved. */
export function containsUnresolved(value: Resolved): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Unresolved) return true;
  return (Array.isArray(value) ? value : Object.values(value)).some(containsUnresolved);
}
