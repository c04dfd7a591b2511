import type { FunctionError } from './host-protocol';

/** Instead of the text of a value that has none, such as an object without a prototype. */
const NO_TEXT = 'what was thrown has no text';

/** The type and the message that Lambda reports of what code throws, whatever that is. */
export function functionErrorOf(thrown: unknown): FunctionError {
  try {
    if (thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]') {
      const { name, message } = thrown as Error;
      return { type: String(name), message: String(message) };
    }
    return { type: typeof thrown, message: String(thrown) };
  } catch {
    return { type: typeof thrown, message: NO_TEXT };
  }
}

/** What code throws as its log shows it: with the stack, where there is one. */
export function stackOf(thrown: unknown): string {
  try {
    return String((thrown as Error | null | undefined)?.stack ?? thrown);
  } catch {
    return NO_TEXT;
  }
}
