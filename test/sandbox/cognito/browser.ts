import { createHash } from 'node:crypto';
import { CALLBACK, type TestCognito } from './entities';

export const VERIFIER = 'a-code-verifier-of-forty-three-characters-or-more';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** A browser with cookies and nothing else. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Response>;
  post(path: string, form: Record<string, string>): Promise<Response>;
  /** Opens the sign-in page for a client and sends its form; the result is the URL that it leads back to. */
  signIn(client: string, parameters?: Record<string, string>, form?: Record<string, string>): Promise<URL>;
}

/** The query of an authorization request. */
export function authorizationQuery(on: TestCognito, client: string, parameters: Record<string, string> = {}): string {
  return new URLSearchParams({ response_type: 'code', client_id: on.client(client).clientId, redirect_uri: CALLBACK, ...parameters }).toString();
}

/** Opens a browser. */
export function openBrowser(on: TestCognito): Browser {
  const cookies = new Map<string, string>();
  const sent = () => ({ Cookie: [...cookies].map((each) => each.join('=')).join('; ') });
  const keep = (answer: Response) => {
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (/Max-Age=0/.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const browser: Browser = {
    cookies,
    get: async (path) => keep(await on.get(path, sent())),
    post: async (path, form) => keep(await on.post(path, form, sent())),
    async signIn(client, parameters = {}, form = {}) {
      const query = authorizationQuery(on, client, parameters);
      const page = await (await browser.get(`/login?${query}`)).text();
      const answer = await browser.post(`/login?${query}`, {
        csrf: csrfOf(page), username: 'ana', password: 'correct horse', action: on.pool.users.has('ana') ? 'signIn' : 'create', ...form,
      });
      return new URL(answer.headers.get('location')!);
    },
  };
  return browser;
}

/** The form value that ties a page to its browser. */
export function csrfOf(page: string): string {
  return /name="csrf" value="([\w-]+)"/.exec(page)![1];
}
