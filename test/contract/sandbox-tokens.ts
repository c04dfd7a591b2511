import { createHash } from 'node:crypto';

/** Whoever signs in. */
const USER = { username: 'ana', password: 'correct horse' };
const VERIFIER = 'a-code-verifier-of-forty-three-characters-or-more';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** A client that asks for a code. */
export interface CodeClient {
  /** Where the endpoints of its user pool are. */
  readonly domainUrl: string;
  readonly clientId: string;
  readonly callbackUrl: string;
  readonly scope?: string;
}

/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly access_token?: string;
  readonly id_token?: string;
  readonly error?: string;
}

/** Signs a user in on the page, as a browser would, and redeems the code. The user is made where there is none. */
export async function codeTokens({ domainUrl, clientId, callbackUrl, scope }: CodeClient): Promise<TokenAnswer> {
  const query = new URLSearchParams({
    response_type: 'code', client_id: clientId, redirect_uri: callbackUrl, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...(scope && { scope }),
  });
  const login = `${domainUrl}/login?${query}`;
  const page = await fetch(login, { redirect: 'manual' });
  const csrf = /name="csrf" value="([\w-]+)"/.exec(await page.text())?.[1];
  // A client that may not ask for a code is led away from the page.
  if (csrf === undefined) return { error: 'unauthorized_client' };
  const cookie = page.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ');
  for (const action of ['signIn', 'create']) {
    const answer = await fetch(login, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ csrf, action, ...USER }) });
    const code = new URL(answer.headers.get('location') ?? '', domainUrl).searchParams.get('code');
    if (code !== null) {
      return postToken(domainUrl, { grant_type: 'authorization_code', client_id: clientId, redirect_uri: callbackUrl, code, code_verifier: VERIFIER });
    }
  }
  throw new Error(`nobody could sign in on ${login}`);
}

/** Asks the token endpoint. */
export async function postToken(domainUrl: string, form: { readonly [name: string]: string }): Promise<TokenAnswer> {
  const answer = await fetch(`${domainUrl}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return answer.json() as Promise<TokenAnswer>;
}
