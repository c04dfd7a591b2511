import { ProblemError, listNames, type Problem } from '../model/problem';
import type { TokenAnswer, TokenQuestion } from '../sandbox/control';
import { runningSandboxes } from '../sandbox/running-sandboxes';

/**
 * The URL of the sandbox to ask: the given one, or the only one that runs.
 *
 * @throws ProblemError `SandboxNotRunning`
 */
export function findSandbox(url: string | undefined, running = runningSandboxes()): string {
  if (url !== undefined && url !== '') return url.replace(/\/$/, '');
  if (running.length === 1) return running[0].url;
  throw new ProblemError([running.length === 0
    ? {
      code: 'SandboxNotRunning',
      subject: 'sandbox',
      wrong: 'does not run',
      expected: 'one that "protected-api sandbox" started on this machine',
      fix: 'start it, or give its URL with --url',
    }
    : {
      code: 'SandboxNotRunning',
      subject: 'sandbox',
      wrong: 'is one of several',
      expected: `one of ${listNames(running.map((each) => `${each.url} (${each.path})`))}`,
      fix: 'say which with --url',
    }]);
}

/**
 * Asks a running sandbox for the tokens of a client.
 *
 * @throws ProblemError `SandboxNotRunning`, and what the sandbox answers
 */
export async function askToken(url: string, question: TokenQuestion): Promise<TokenAnswer> {
  let response: Response;
  try {
    response = await fetch(`${url}/_sandbox/tokens`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-protected-api-sandbox': 'token' }, body: JSON.stringify(question),
    });
  } catch {
    throw new ProblemError([notAnswering(url)]);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && isTokenAnswer(answer)) return answer;
  const problems = (answer as { problems?: readonly Problem[] } | undefined)?.problems;
  throw new ProblemError(Array.isArray(problems) && problems.length > 0 ? problems : [notAnswering(url)]);
}

function isTokenAnswer(answer: unknown): answer is TokenAnswer {
  return typeof (answer as TokenAnswer | undefined)?.accessToken === 'string';
}

function notAnswering(url: string): Problem {
  return {
    code: 'SandboxNotRunning',
    subject: `sandbox at ${url}`,
    wrong: 'does not answer',
    expected: 'the URL that "protected-api sandbox" printed',
    fix: 'start it, or correct --url',
  };
}
