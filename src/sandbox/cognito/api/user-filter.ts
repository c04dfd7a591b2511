import { ApiError } from './api-error';
import type { LiveUser } from '../live-pool';

/** What ListUsers can search for (API reference of ListUsers, `Filter`). */
const SEARCHABLE: { readonly [name: string]: (user: LiveUser) => string | undefined } = {
  'username': ({ username }) => username,
  'sub': ({ sub }) => sub,
  'cognito:user_status': ({ status }) => status,
  'status': ({ enabled }) => (enabled ? 'Enabled' : 'Disabled'),
  ...Object.fromEntries(['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username']
    .map((attribute) => [attribute, ({ attributes }: LiveUser) => attributes[attribute]])),
};

/** `name = "value"`, or `^=` for the beginning of a value. */
const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s;

/** Reads a filter of ListUsers. The words of the errors are «unverified». */
export function readUserFilter(filter = ''): (user: LiveUser) => boolean {
  if (filter.trim() === '') return () => true;
  const [, name, operator, quoted] = FILTER.exec(filter) ?? [];
  if (name === undefined) throw new ApiError('InvalidParameterException', 'Error while parsing filter.');
  if (!Object.hasOwn(SEARCHABLE, name)) throw new ApiError('InvalidParameterException', 'The attribute of the filter cannot be searched for.');
  const value = quoted.replace(/\\(.)/gs, '$1');
  return (user) => {
    const own = SEARCHABLE[name](user);
    return own !== undefined && (operator === '=' ? own === value : own.startsWith(value));
  };
}
