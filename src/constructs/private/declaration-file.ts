import { readFileSync, statSync } from 'node:fs';
import type { AccessDeclaration } from '../../declaration/access-declaration';
import { readDeclaration } from '../../declaration/read-declaration';
import { failOn, ProblemError, type Problem } from '../../model/problem';

/** Far more than a declaration with the quota of everything has. */
const MAX_BYTES = 5_000_000;

/** Reads and checks the form of a declaration. */
export function declarationAt(file: string): AccessDeclaration {
  const read = readDeclaration(textOf(file), file);
  if ('problems' in read) throw new ProblemError(read.problems);
  return read.declaration;
}

/** Carries out parts of a declaration, and fails at the end with the problems of all of them, each with its place. */
export class PlacedProblems {
  private readonly problems: Problem[] = [];

  public constructor(private readonly file: string) {}

  /** The result of `use`, or undefined where it has problems. */
  public at<T>(place: string, use: () => T): T | undefined {
    try {
      return use();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.add(place, error.problems);
      return undefined;
    }
  }

  public add(place: string, problems: readonly Problem[]): void {
    this.problems.push(...problems.map((problem) => ({ ...problem, subject: `${problem.subject} (${place} of ${this.file})` })));
  }

  /** Fails where there were problems. */
  public fail(): void {
    failOn(this.problems.splice(0));
  }
}

function textOf(file: string): string {
  const failure = (code: Problem['code'], wrong: string, got?: string): ProblemError => new ProblemError([{
    code, subject: `declaration "${file}"`, wrong, ...(got !== undefined && { got }), expected: 'a file in JSON or YAML', fix: 'correct the path',
  }]);
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw failure('InputTooLarge', `is larger than ${MAX_BYTES} bytes`, `${size} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof ProblemError) throw error;
    throw code === 'ENOENT' || code === 'ENOTDIR' ? failure('InputNotFound', 'does not exist') : failure('InputUnreadable', 'cannot be read', code);
  }
}
