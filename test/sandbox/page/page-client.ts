/** Fields of a form; pairs where one comes several times. */
type Fields = Record<string, string> | [string, string][];

/** A browser without a screen: keeps the cookie and sends forms. */
export interface PageClient {
  /** The page, perhaps with choices such as `client=Spa&method=GET /photos`. */
  open(choices?: Record<string, string>): Promise<string>;
  /** Sends a form with the form token of the session; gives the page behind the redirect. */
  send(form: string, fields: Fields): Promise<string>;
  /** Posts without following the redirect. */
  post(form: string, fields: Fields, headers?: Record<string, string>): Promise<Response>;
}

/** Opens the page in a new session. */
export async function pageClient(url: string): Promise<PageClient> {
  const first = await fetch(url);
  const cookie = first.headers.get('set-cookie')!.split(';')[0];
  const formToken = /name="form-token" value="([\w-]+)"/;
  const get = async (path: string) => (await fetch(`${url}${path}`, { headers: { cookie } })).text();
  await first.text();
  const open = (choices: Record<string, string> = {}) => get(`/?${new URLSearchParams(choices)}`);
  const post: PageClient['post'] = async (form, fields, headers = {}) => {
    const body = new URLSearchParams(fields);
    if (!body.has('form-token')) body.set('form-token', (formToken.exec(await open(choiceOf(body))) ?? formToken.exec(await open({ client: 'Machine' })))![1]);
    return fetch(`${url}/page/${form}`, { method: 'POST', headers: { cookie, ...headers }, body, redirect: 'manual' });
  };
  return {
    open,
    post,
    async send(form, fields) {
      const { status } = await post(form, fields);
      if (status !== 303) throw new Error(`the form was answered with ${status}`);
      return get('/');
    },
  };
}

/** What a form is for: it stands on the page when that is chosen. */
function choiceOf(fields: URLSearchParams): Record<string, string> {
  const method = fields.get('method');
  return method === null ? { client: 'Machine' } : { method };
}

/** The text that people see, without tags. */
export function textIn(page: string): string {
  return page.replace(/<style>[^]*?<\/style>/, '').replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, '\'').replace(/&amp;/g, '&').replace(/\s+/g, ' ');
}
