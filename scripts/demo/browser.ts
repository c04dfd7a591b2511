/** As much of a browser as the sign-in page needs: it follows redirects, keeps cookies and sends the form. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** Signs a user in and returns the first URL that leaves the origin. */
  public async signIn(start: URL, username: string, password: string): Promise<URL> {
    const page = await this.open(start);
    if (!('html' in page)) return page.left;
    const [, action = ''] = /<form[^>]*action="([^"]*)"/.exec(page.html) ?? [];
    const fields: [string, string][] = [...page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [attribute(input, 'name'), attribute(input, 'value')]);
    const result = await this.open(new URL(decoded(action) || page.url, page.url), new URLSearchParams([...fields, ['username', username], ['password', password]]));
    if ('left' in result) return result.left;
    throw new Error('the sign-in page was shown again');
  }

  private async open(url: URL, form?: URLSearchParams): Promise<{ readonly url: URL; readonly html: string } | { readonly left: URL }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual', headers: { cookie, origin: url.origin }, ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, html: await response.text() };
    const next = new URL(location, url);
    return next.origin === url.origin ? this.open(next) : { left: next };
  }
}

function attribute(tag: string, name: string): string {
  return decoded(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function decoded(text: string): string {
  return text.replace(/&quot;/g, '"').replace(/&#39;/g, '\'').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
