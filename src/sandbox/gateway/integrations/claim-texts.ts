const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Claims that become dates; `auth_time` stays a number (captured REST event, LocalStack test suite validated on AWS). */
const DATES = new Set(['exp', 'iat']);

/**
 * The claims of a token as a Lambda function and `$context.authorizer.claims` have them: all values are texts.
 *
 * `exp` and `iat` become `Thu May 04 03:50:06 UTC 2023`, lists are joined by commas, objects become JSON (the last unverified).
 */
export function claimTexts(claims: { readonly [name: string]: unknown }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(name, value)]));
}

function claimText(name: string, value: unknown): string {
  if (DATES.has(name) && typeof value === 'number' && Number.isFinite(new Date(value * 1000).getTime())) return dateText(value);
  if (Array.isArray(value)) return value.map((element) => claimText('', element)).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `EEE MMM dd HH:mm:ss UTC yyyy` of seconds since 1970. */
function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const time = date.toISOString().slice(11, 19);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${twoDigits(date.getUTCDate())} ${time} UTC ${date.getUTCFullYear()}`;
}

/** `09/Apr/2015:12:34:56 +0000` of milliseconds since 1970, as access logs write it (API Gateway developer guide, `$context.requestTime`). */
export function requestTimeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${twoDigits(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
