import type { LiveClient, LiveUser } from './live-pool';

/** What each scope opens; with `profile`, custom attributes as well (Cognito developer guide, «userInfo endpoint», 2026). */
const OPENED: { readonly [scope: string]: readonly string[] } = {
  profile: [
    'name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'gender', 'birthdate',
    'zoneinfo', 'locale', 'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};
const CUSTOM = /^(?:dev:)?custom:/;

/**
 * The attributes of a user that ID tokens and `userInfo` carry: those that the client may read, of them those that the scopes open.
 *
 * `openid` alone opens all, with others those of the others (Cognito developer guide, «Scopes, M2M, and resource servers», 2026); tokens
 * of SDK sign-in, which have no such scope, carry all as well. Of `profile` that page says all readable attributes; the list of «userInfo
 * endpoint» is taken here, which opens less. That page has «basic profile information» with `email` and `phone`: that it is `sub` and
 * `username` is «unverified».
 */
export function readableAttributes(client: LiveClient, { attributes }: LiveUser, scopes: readonly string[]): { [name: string]: string } {
  const opening = scopes.filter((scope) => Object.hasOwn(OPENED, scope));
  const isOpen = (name: string) => opening.length === 0
    || opening.some((scope) => OPENED[scope].includes(name)) || (opening.includes('profile') && CUSTOM.test(name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => mayRead(client, name) && isOpen(name)));
}

/**
 * The first of the scopes of which the client may read some attribute not, `email` or `phone`: exchanging a code with it fails (Cognito
 * developer guide, «Token endpoint», whose example is `email` without `email_verified`). With `profile` a client gets what it may read
 * («userInfo endpoint»).
 */
export function unreadableScope(client: LiveClient, scopes: readonly string[]): string | undefined {
  return scopes.find((scope) => (scope === 'email' || scope === 'phone') && !attributesOfScope(scope).every((name) => mayRead(client, name)));
}

/** The attributes that a scope opens by name. */
export function attributesOfScope(scope: string): readonly string[] {
  return Object.hasOwn(OPENED, scope) ? OPENED[scope] : [];
}

/** Where a client says nothing, it reads the standard attributes, and no custom one (API reference, `UserPoolClientType`, 2026). */
function mayRead({ readAttributes }: LiveClient, name: string): boolean {
  return readAttributes === undefined ? !CUSTOM.test(name) : readAttributes.includes(name);
}
