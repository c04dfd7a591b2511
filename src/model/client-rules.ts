import type { Problem } from './problem';
import { isStandardScope, MAX_SCOPES_PER_CLIENT } from './scope-grammar';

/** Most callback URLs, and most logout URLs, of one app client; not adjustable («Quotas in Amazon Cognito», 2026). */
export const MAX_URLS_PER_CLIENT = 100;

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Shortest and longest life of tokens, in seconds («Quotas in Amazon Cognito», 2026; a day is 24 hours, a year 365 days). */
export const VALIDITY_RANGES = {
  access: { min: 5 * MINUTE, max: DAY, text: '5 minutes to 1 day' },
  id: { min: 5 * MINUTE, max: DAY, text: '5 minutes to 1 day' },
  refresh: { min: 60 * MINUTE, max: 3650 * DAY, text: '60 minutes to 10 years' },
} as const;

/** What Cognito takes for a client id (ClientIdType, botocore 1.43.107). */
const CLIENT_ID = /^[\w+]{1,128}$/;

/** Most characters of a URL (cognito-idp service model, RedirectUrlType). */
const MAX_URL_CHARACTERS = 1024;

/** Schemes that a browser runs or reads itself; refusing them is a rule of this library. */
const SCRIPT_SCHEMES = ['javascript:', 'data:', 'file:', 'vbscript:', 'blob:', 'about:'];

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** How long tokens live, in seconds; a member that is absent is not checked. */
export interface TokenValidities {
  readonly access?: number;
  readonly id?: number;
  readonly refresh?: number;
}

/** Checks the id of a client that exists already. */
export function checkClientId(client: string, clientId: string): Problem[] {
  return CLIENT_ID.test(clientId) ? [] : [{
    code: 'ClientId',
    subject: `id of client "${client}"`,
    wrong: 'is not one that Cognito gives',
    got: clientId,
    expected: '1 to 128 letters, digits, _ and +',
    fix: 'copy the client id from the user pool',
  }];
}

/** Checks the scopes that a client lists, as full scope names. */
export function checkClientScopes(client: string, scopes: readonly string[]): Problem[] {
  const subject = `client "${client}"`;
  if (scopes.length === 0) {
    return [{
      code: 'ClientWithoutScopes',
      subject,
      wrong: 'lists no scope',
      expected: 'at least one scope',
      fix: 'pass the scopes that it may ask for',
    }];
  }
  const problems: Problem[] = [];
  if (scopes.length > MAX_SCOPES_PER_CLIENT) {
    problems.push({
      code: 'ScopesPerClient',
      subject,
      wrong: 'lists too many scopes',
      got: `${scopes.length} scopes`,
      expected: `at most ${MAX_SCOPES_PER_CLIENT}, a limit of Cognito that cannot be raised`,
      fix: 'use broader scopes or a second client',
    });
  }
  return [...problems, ...checkDuplicateScopes(subject, scopes)];
}

/** Checks that a list names each scope once. */
export function checkDuplicateScopes(subject: string, scopes: readonly string[]): Problem[] {
  const twice = new Set(scopes.filter((scope, position) => scopes.indexOf(scope) !== position));
  return [...twice].map((scope) => ({
    code: 'ScopeDuplicate', subject, wrong: 'lists a scope twice', got: scope, expected: 'each scope once', fix: 'remove one of them',
  }));
}

/** Checks that a machine client lists custom scopes only: the client credentials grant gives no others. */
export function checkMachineScopes(client: string, scopes: readonly string[]): Problem[] {
  return scopes.filter(isStandardScope).map((scope) => ({
    code: 'MachineClientScope',
    subject: `machine client "${client}"`,
    wrong: 'lists a scope that needs a user',
    got: scope,
    expected: 'scopes of resource servers',
    fix: 'remove the scope, or use a web, SPA or mobile client',
  }));
}

/** Checks callback URLs: at least one, each one that Cognito accepts. */
export function checkCallbackUrls(client: string, urls: readonly string[]): Problem[] {
  if (urls.length === 0) {
    return [{
      code: 'CallbackMissing',
      subject: `client "${client}"`,
      wrong: 'has no callback URL',
      expected: 'at least one URL to which users come back after sign-in',
      fix: 'pass callbackUrls',
    }];
  }
  return checkUrls(client, 'CallbackUrl', 'callback URL', urls);
}

/** Checks logout URLs, which follow the rules of callback URLs. */
export function checkLogoutUrls(client: string, urls: readonly string[]): Problem[] {
  return checkUrls(client, 'LogoutUrl', 'logout URL', urls);
}

/** Checks how long tokens live. */
export function checkTokenValidities(client: string, validities: TokenValidities): Problem[] {
  const problems: Problem[] = [];
  for (const use of ['access', 'id', 'refresh'] as const) {
    const seconds = validities[use];
    const range = VALIDITY_RANGES[use];
    if (seconds === undefined) continue;
    const wrong = rangeFault(seconds, range);
    if (wrong === undefined) continue;
    problems.push({
      code: 'TokenValidityRange',
      subject: `${use} token validity of client "${client}"`,
      wrong,
      got: `${seconds} seconds`,
      expected: `${range.text}, in whole minutes`,
      fix: 'choose a duration in the range',
    });
  }
  if (problems.length > 0 || validities.refresh === undefined) return problems;
  for (const use of ['access', 'id'] as const) {
    const seconds = validities[use];
    if (seconds === undefined || seconds <= validities.refresh) continue;
    problems.push({
      code: 'TokenValidityOrder',
      subject: `${use} token validity of client "${client}"`,
      wrong: 'is longer than the refresh token validity',
      got: `${seconds} seconds`,
      expected: `at most ${validities.refresh} seconds`,
      fix: 'shorten it, or lengthen the refresh token validity',
    });
  }
  return problems;
}

function rangeFault(seconds: number, range: { readonly min: number; readonly max: number }): string | undefined {
  if (seconds < range.min) return 'is too short';
  if (seconds > range.max) return 'is too long';
  // The CDK writes all validities in minutes.
  return seconds % MINUTE === 0 ? undefined : 'is not a whole number of minutes';
}

function checkUrls(client: string, code: 'CallbackUrl' | 'LogoutUrl', kind: string, urls: readonly string[]): Problem[] {
  const subject = `${kind} of client "${client}"`;
  const problems: Problem[] = [];
  if (urls.length > MAX_URLS_PER_CLIENT) {
    problems.push({
      code: 'UrlsPerClient',
      subject: `client "${client}"`,
      wrong: `lists too many ${kind}s`,
      got: `${urls.length} URLs`,
      expected: `at most ${MAX_URLS_PER_CLIENT}, a limit of Cognito that cannot be raised`,
      fix: 'use a second client',
    });
  }
  for (const url of urls) {
    const wrong = urlFault(url);
    if (wrong === undefined) continue;
    problems.push({
      code,
      subject,
      wrong,
      got: url,
      expected: 'an absolute https URL without fragment and wildcard, http for localhost, 127.0.0.1 and [::1] only, or an app scheme',
      fix: 'use a URL of that form',
    });
  }
  return problems;
}

function urlFault(text: string): string | undefined {
  if (text.includes('#')) return 'has a fragment';
  if (/\s/.test(text)) return 'has white space';
  if (text.length > MAX_URL_CHARACTERS) return 'is too long';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not absolute';
  }
  if (SCRIPT_SCHEMES.includes(url.protocol)) return 'has a scheme that leads to no application';
  if (/^https?:(?!\/\/)/i.test(text)) return 'has no host';
  // The service compares whole texts: nothing stands for another one (Cognito developer guide, «Authorize endpoint»).
  if (url.hostname.includes('*')) return 'has a wildcard in its host';
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.includes(url.hostname)) return 'uses http for a host other than loopback';
  return undefined;
}
