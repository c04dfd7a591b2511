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

/**
 * Writes a problem as one line: `[Code] subject is wrong how, got <value>; expected <rule>; <what to change>`.
 *
 * The placeholders by which the CDK stands for values that only deployment knows become `<token>`.
 */
export function formatProblem(problem: Problem): string {
  const got = problem.got === undefined ? '' : `, got ${showGot(problem.got)}`;
  const line = `[${problem.code}] ${problem.subject} ${problem.wrong}${got}; expected ${problem.expected}; ${problem.fix}`;
  return withoutPlaceholders(line).replace(/\s+/g, ' ');
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
  return /^<[^"]*>$|^\d+( \S+)?$/.test(value) ? value : quote(value);
}

function withoutPlaceholders(text: string): string {
  return text.replace(/\$\{Token\[[^\]]*\]\}/g, '<token>');
}

function quote(full: string): string {
  const value = withoutPlaceholders(full);
  const text = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}… (${value.length} characters)` : value;
  // JSON escapes keep control characters and line breaks out of the one-line message.
  return JSON.stringify(text);
}
