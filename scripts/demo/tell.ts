import { isDeepStrictEqual } from 'node:util';
import pc from 'picocolors';

let unexpected = 0;

/** Says what comes next. */
export function tell(text: string): void {
  console.log(`\n${pc.bold(text)}`);
}

/** Shows what somebody does, what is answered, and whether that is the expected answer. */
export function expectAnswer(what: string, answer: unknown, expected: unknown): void {
  const right = isDeepStrictEqual(answer, expected);
  if (!right) unexpected++;
  const mark = right ? pc.green('ok') : pc.red('unexpected');
  console.log(`  ${mark}  ${what}: ${show(answer)}${right ? '' : pc.red(`, expected ${show(expected)}`)}`);
}

/** How many answers were not the expected ones. */
export function unexpectedAnswers(): number {
  return unexpected;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
