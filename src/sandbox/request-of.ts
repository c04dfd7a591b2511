import { METHODS } from 'node:http';
import { expectedNames } from '../model/nearest';
import { ProblemError } from '../model/problem';
import { VERBS } from '../model/route';

/** The verbs that a request can have: those that Node.js reads, without those that `fetch` never sends. */
const SENT = METHODS.filter((verb) => verb !== 'CONNECT' && verb !== 'TRACE');

/**
 * A request as `fetch` takes it.
 *
 * What is wrong with a header is not told in detail: it quotes the header, and that may be a token.
 *
 * @throws ProblemError `RouteVerb`, `ArgumentKind`
 */
export function requestOf(url: string, init: RequestInit & { readonly method: string }): Request {
  const { method } = init;
  if (!SENT.includes(method)) {
    throw new ProblemError([{
      code: 'RouteVerb',
      subject: 'route of SandboxServer.fetch',
      wrong: 'has a verb that no request has',
      got: method,
      expected: expectedNames(method, VERBS.filter((verb) => SENT.includes(verb)), 'a verb of HTTP'),
      fix: 'correct the verb',
    }]);
  }
  const headers = attempt('headers', () => new Headers(init.headers), () => 'cannot be sent');
  return attempt('request', () => new Request(url, { ...init, headers }), (reason) => `cannot be sent: ${reason.replace(/\.$/, '')}`);
}

function attempt<T>(what: string, make: () => T, wrong: (reason: string) => string): T {
  try {
    return make();
  } catch (error) {
    throw new ProblemError([{
      code: 'ArgumentKind',
      subject: `${what} of SandboxServer.fetch`,
      wrong: wrong((error as Error).message),
      expected: 'what the fetch of Node.js takes',
      fix: 'correct the request',
    }]);
  }
}
