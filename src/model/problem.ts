import type { ProblemCode } from './problem-codes';

/** One thing that is wrong, as a value. Only the outermost layer throws, annotates or prints it. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong: a thing in the field's words, such as `scope name` or `route GET /photos`. */
  readonly subject: string;
  /** How it is wrong: the predicate of the sentence. */
  readonly wrong: string;
  /** The value found, where there is one. Never a secret, never a token of a user or machine. */
  readonly got?: string;
  /** The rule, or the nearest valid names. */
  readonly expected: string;
  /** What to change. */
  readonly fix: string;
}

const SHOWN_PROBLEMS = 10;
const SHOWN_CHARACTERS = 120;
const SHOWN_CHARACTERS_OF_PHRASE = 600;
const SHOWN_CHARACTERS_OF_RULE = 2000;
/** Control characters, and characters that turn the direction of writing: they change what a terminal shows. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Writes a problem as one line: `[Code] subject is wrong how, got <value>; expected <rule>; <what to change>`.
 *
 * The placeholders by which the CDK stands for values that only deployment knows become `<token>`.
 */
export function formatProblem(problem: Problem): string {
  const got = problem.got === undefined ? '' : `, got ${showGot(problem.got)}`;
  const { code, subject, wrong, expected, fix } = problem;
  const line = `[${code}] ${phrase(subject)} ${phrase(wrong)}${got}; expected ${phrase(expected, SHOWN_CHARACTERS_OF_RULE)}; ${phrase(fix)}`;
  return withoutPlaceholders(line).replace(INVISIBLE, escaped);
}

/** Writes problems one a line, at most ten. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS).map(formatProblem);
  const more = problems.length - lines.length;
  return (more > 0 ? [...lines, `and ${more} more`] : lines).join('\n');
}

/** One or more problems, thrown by the outermost layer. */
export class ProblemError extends Error {
  public constructor(public readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = 'ProblemError';
  }
}

/** Whether an error is a `ProblemError`. The command line and the sandbox are bundled apart, each with a class of its own. */
export function isProblemError(error: unknown): error is ProblemError {
  return error instanceof Error && error.name === 'ProblemError' && Array.isArray((error as Partial<ProblemError>).problems);
}

/** Throws where there are problems. */
export function failOn(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems);
}

/** Writes names as a list of at most ten: `"a", "b" and 3 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_PROBLEMS).map(quote);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function showGot(value: string): string {
  const plain = value.length <= SHOWN_CHARACTERS && /^<[^"]*>$|^\d+( \S+)?$/.test(value);
  return plain ? phrase(value) : quote(value);
}

/** A part of the sentence on one line, cut where it is far too long. */
function phrase(text: string, characters = SHOWN_CHARACTERS_OF_PHRASE): string {
  const cut = text.length > characters ? `${text.slice(0, characters)}…` : text;
  return cut.replace(/\s+/g, ' ');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function withoutPlaceholders(text: string): string {
  return text.replace(/\$\{Token\[[^\]]{0,200}\]\}/g, '<token>');
}

function quote(full: string): string {
  const value = withoutPlaceholders(full);
  const text = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}… (${value.length} characters)` : value;
  // JSON escapes keep control characters and line breaks out of the one-line message.
  return JSON.stringify(text);
}
