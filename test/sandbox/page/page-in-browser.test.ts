import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from './browser';
import { lowContrasts } from './low-contrasts';
import type { SandboxServer } from '../../../src/sandbox/sandbox-server';
import { photoAlbum, startFromSources } from '../photo-album';

jest.setTimeout(120_000);

describeInBrowser('the page of the photo album in Chromium', () => {
  let sandbox: SandboxServer;
  let browser: Browser;
  let page: Page;
  /** Origins of all requests of the browser. */
  let origins: Set<string>;
  let complaints: string[];

  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startFromSources(photoAlbum()), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await sandbox.close();
  });

  async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.setDefaultTimeout(20_000);
    origins = new Set();
    complaints = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(sandbox.url);
  }
  afterEach(async () => {
    await page.close();
    expect([...origins]).toEqual([new URL(sandbox.url).origin]);
    expect(complaints).toEqual([]);
  });

  /** Presses Tab until an element has the focus, as somebody without a pointer does. */
  async function tabTo(selector: string): Promise<void> {
    for (let pressed = 0; pressed < 150; pressed++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  }

  const textOf = async (selector: string) => (await page.locator(selector).innerText()).replace(/\s+/g, ' ');
  const choose = async (part: 'client' | 'method', label: string) => {
    await page.selectOption(`#${part}`, { label });
    await page.click(`text=Choose ${part}`);
  };

  async function signIn(scopes?: readonly string[]): Promise<void> {
    await choose('client', 'Album (signs users in)');
    if (await page.locator('#users option').count() === 0) {
      await page.fill('#new-username', 'ada@example.com');
      await page.fill('#new-password', 'Correct-Horse-7');
      await page.click('button:has-text("Make user")');
      expect(await textOf('[role=status]')).toBe('User ada@example.com can sign in now.');
    }
    await page.fill('#password', 'Correct-Horse-7');
    for (const box of await page.locator('input[name=scope]').all()) {
      if (scopes !== undefined && !scopes.includes(await box.inputValue())) await box.uncheck();
    }
    await page.click('text=Sign in to Album');
  }

  test('leads by keyboard alone from the choice of a client over its token to an answer of the Lambda function', async () => {
    await open();
    await tabTo('#client');
    await page.keyboard.type('Nightly');
    await tabTo('button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/client=.*#token$/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('token');
    await tabTo('button.main');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/#tokens$/);
    expect(await textOf('#tokens')).toBe('Tokens of NightlyExport');
    expect(await textOf('table.claims')).toContain('https://myphotosapi.example.com/photos.read');
    await tabTo('#method');
    await page.keyboard.type('GET /photos');
    await tabTo('button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#call$/);
    await tabTo('form[action="/page/call"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/#result$/);
    expect(await textOf('#result')).toBe('Answer: 200 OK');
    expect(await textOf('.verdict')).toContain('✓ allowed the token has a scope that the method accepts');
    expect(await textOf('.result pre')).toContain('Harbour at dawn');
  });

  test('leads from a cell of the matrix to a refusal and its reason', async () => {
    await open();
    await page.click('a[aria-label="no: call POST /photos as NightlyExport"]');
    await page.click('text=Get token for NightlyExport');
    await page.fill('#body', '{"title":"Lighthouse"}');
    await page.click('button:has-text("Call POST /photos")');
    expect(await textOf('#result')).toBe('Answer: 401 Unauthorized');
    expect(await textOf('.verdict')).toContain('✕ refused the token has none of the scopes that the method accepts scopeMissing: needs https://myphotosapi.example.com/photos.write');
    expect(await textOf('.log tbody tr:first-child')).toMatch(/^\d\d:\d\d:\d\d POST \/photos .*NightlyExport 401 ✕ refused scopeMissing/);
  });

  test('signs a user in, who adds a photo with photos.write and none without', async () => {
    await open();
    await signIn();
    expect(await textOf('#tokens')).toBe('Tokens of Album for ada@example.com');
    await page.click('a[aria-label="access: call POST /photos as Album"]');
    await page.fill('#body', '{"title":"Lighthouse"}');
    await page.click('button:has-text("Call POST /photos")');
    expect(await textOf('#result')).toBe('Answer: 201 Created');
    await signIn(['openid', 'https://myphotosapi.example.com/photos.read']);
    await page.click('button:has-text("Call POST /photos")');
    expect(await textOf('#result')).toBe('Answer: 401 Unauthorized');
    await page.check('input[name=token][value=id]');
    await page.click('button:has-text("Call POST /photos")');
    expect(await textOf('.verdict')).toContain('accessTokenRequired');
  });

  test('says why nobody signs in with a wrong password', async () => {
    await open();
    await signIn();
    await page.fill('#password', 'Wrong-Horse-7');
    await page.click('text=Sign in to Album');
    expect(await textOf('[role=alert]')).toContain('[SignIn] sign-in is refused: incorrect username or password');
    expect(await page.content()).not.toContain('Wrong-Horse-7');
  });

  test.each(['light', 'dark'] as const)('is readable in %s colours', async (colorScheme) => {
    await open({ colorScheme });
    await signIn();
    await choose('method', 'GET /photos/{id}');
    await page.fill('input[name=path-id]', 'harbour');
    await page.click('button:has-text("Call GET")');
    await choose('method', 'GET /photos');
    await page.check('input[name=token][value=none]');
    await page.click('button:has-text("Call GET")');
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === 'light' ? 'rgb(244, 245, 246)' : 'rgb(20, 22, 26)');
    expect(await page.evaluate(lowContrasts)).toEqual([]);
  });

  test('fits a window of 360 pixels', async () => {
    await open({ viewport: { width: 360, height: 740 } });
    await signIn();
    await choose('method', 'POST /photos');
    await page.click('button:has-text("Call POST")');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('names every field, and every table', async () => {
    await open();
    await signIn();
    await choose('method', 'POST /photos');
    const unnamed = await page.evaluate(() => [
      ...[...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea')].filter(({ labels }) => labels?.length !== 1),
      ...[...document.querySelectorAll('table')].filter((table) => !table.caption?.textContent?.trim()),
      ...[...document.querySelectorAll('th:not([scope])')],
    ].map((element) => element.outerHTML));
    expect(unnamed).toEqual([]);
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is shown in no frame of another page', async () => {
    await open();
    const frames = await page.evaluate(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const loaded = new Promise((resolve) => { frame.onload = resolve; });
      frame.src = '/';
      await loaded;
      return frame.contentDocument?.querySelector('h1') ?? null;
    });
    expect(frames).toBeNull();
    expect(complaints.splice(0).join()).toMatch(/Content Security Policy|frame/);
  });
});
