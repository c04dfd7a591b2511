import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where distributions put Chromium. */
const CHROMIUM = '/usr/bin/chromium';
/** No background request of the browser itself. */
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Starts Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** `describe` where Chromium is installed; elsewhere every test is skipped and says why. */
export function describeInBrowser(title: string, tests: () => void): void {
  try {
    accessSync(CHROMIUM, constants.X_OK);
  } catch {
    const reason = `skipped: no Chromium at ${CHROMIUM}`;
    process.stderr.write(`${title}: ${reason}\n`);
    describe.skip(`${title} (${reason})`, tests);
    return;
  }
  describe(title, tests);
}
