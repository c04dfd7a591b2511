import { ProblemError } from '../model/problem';

/** Names a circle of references. */
export function circularError(names: readonly string[]): ProblemError {
  return new ProblemError([{
    code: 'TemplateCircular',
    subject: 'references',
    wrong: 'run in a circle',
    got: names.join(' -> '),
    expected: 'no thing that needs itself',
    fix: 'remove one of these references',
  }]);
}
