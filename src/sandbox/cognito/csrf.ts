import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Ties a form to the browser that it was sent to. */
export interface Csrf {
  /** A new random value for the cookie of a browser. */
  newCookie(): string;
  /** The value for forms of a browser. */
  formValue(cookie: string): string;
  matches(cookie: string | undefined, formValue: string | undefined): boolean;
}

/** Makes form values from cookies with a key of this process. */
export function csrfCheck(): Csrf {
  const key = randomBytes(32);
  const valueOf = (cookie: string) => createHmac('sha256', key).update(cookie).digest();
  return {
    newCookie: () => randomBytes(24).toString('base64url'),
    formValue: (cookie) => valueOf(cookie).toString('base64url'),
    matches(cookie, formValue) {
      if (cookie === undefined || formValue === undefined) return false;
      const given = Buffer.from(formValue, 'base64url');
      const wanted = valueOf(cookie);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
