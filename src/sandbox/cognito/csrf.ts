import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Ties a form to the browser that it was sent to. */
export interface Csrf {
  /** The value for the cookie of a browser: the one that it has, where that can be of this check, or a new random one. */
  cookieFor(present: string | undefined): string;
  /** The value for forms of a browser. */
  formValue(cookie: string): string;
  matches(cookie: string | undefined, formValue: string | undefined): boolean;
}

/** 24 bytes. */
const COOKIE = /^[\w-]{32}$/;

/** Makes form values from cookies with a key of this process. */
export function csrfCheck(): Csrf {
  const key = randomBytes(32);
  const valueOf = (cookie: string) => createHmac('sha256', key).update(cookie).digest();
  return {
    cookieFor: (present) => (present !== undefined && COOKIE.test(present) ? present : randomBytes(24).toString('base64url')),
    formValue: (cookie) => valueOf(cookie).toString('base64url'),
    matches(cookie, formValue) {
      if (cookie === undefined || formValue === undefined) return false;
      const given = Buffer.from(formValue, 'base64url');
      const wanted = valueOf(cookie);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
