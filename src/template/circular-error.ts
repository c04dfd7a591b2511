import { ProblemError } from '../model/problem';

const SHOWN_NAMES = 10;

/** Names a circle of references: the first name is the last one too. */
export function circularError(names: readonly string[]): ProblemError {
  const shown = names.length > SHOWN_NAMES ? [...names.slice(0, SHOWN_NAMES - 1), '...', names[names.length - 1]] : names;
  return new ProblemError([{
    code: 'TemplateCircular',
    subject: 'references',
    wrong: `run in a circle: ${shown.join(' -> ')}`,
    expected: 'nothing that needs itself',
    fix: 'remove one of these references',
  }]);
}
