import type { Bind } from './bind';
import type { AccessModel, Authorizer, Method } from '../../model/access-model';
import { indexOf } from '../../model/model-index';
import { isKnown, type Unknown } from '../../model/value';

const DEFAULT_HEADER = 'Authorization';
const HEADER_SOURCE = /^method\.request\.header\.([!#$%&'*+.^`|~\w-]+)$/;

/** The header of an authorizer, by its identity source. */
export function tokenHeaderOf(authorizer: Authorizer | undefined, bind: Bind): string | Unknown {
  if (authorizer?.identitySource === undefined) return DEFAULT_HEADER;
  const source = bind(authorizer.identitySource);
  if (!isKnown(source)) return source;
  return HEADER_SOURCE.exec(source)?.[1] ?? { unknown: `the identity source ${source} of the authorizer is no header of a request` };
}

/** The header in which a caller of a method sends its token, with the scheme `Bearer`. */
export function tokenHeaderOfMethod(model: AccessModel, { access }: Method): string {
  const id = 'authorizer' in access ? access.authorizer : undefined;
  const header = tokenHeaderOf(isKnown(id) ? indexOf(model).authorizers.get(id) : undefined, (value) => value);
  return typeof header === 'string' ? header : DEFAULT_HEADER;
}
