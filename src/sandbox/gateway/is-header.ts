import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Whether a header can be sent. Values of requests come back in headers of answers, and need not be fit for it. */
export function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
