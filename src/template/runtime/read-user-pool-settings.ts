import { isPresent } from './is-present';
import type { UserPool } from '../../model/access-model';
import type { Place, UserPoolSettings } from '../../model/runtime-model';
import { identityOf, type Value } from '../../model/value';
import type { ResourceTable, TemplateResource } from '../resources';
import { isResolvedObject, type Resolved } from '../unresolved';
import { listValue, membersOf, requiredText } from '../values';

/**
 * Reads how users of a user pool sign in, its triggers, and where it is.
 *
 * @param resource absent where the pool is only named
 * @param places places of user pools by their id, from the ARNs that name them
 */
export function readUserPoolSettings(pool: UserPool, resource: TemplateResource | undefined, places: ReadonlyMap<string, Place>): UserPoolSettings {
  const { id } = pool;
  if (resource === undefined) return { id, ...places.get(id) ?? placeOfId(id), usernameAttributes: [] };
  const lambdaConfig = lambdaConfigOf(resource.property('LambdaConfig'));
  return {
    id,
    ...resource.scope.source.environment,
    usernameAttributes: listValue(resource.property('UsernameAttributes'), 'UsernameAttributes', (each) => requiredText(each, 'a username attribute')),
    ...(lambdaConfig && { lambdaConfig }),
  };
}

function lambdaConfigOf(config: Resolved): UserPoolSettings['lambdaConfig'] {
  const triggers = Object.entries(membersOf(config)).filter(([, value]) => isPresent(value));
  if (triggers.length === 0) return undefined;
  return Object.fromEntries(triggers.map(([name, value]) => [name, isResolvedObject(value) ? textsOf(value) : requiredText(value, name)]));
}

function textsOf(value: Resolved): { readonly [member: string]: Value<string> } {
  const members = Object.entries(membersOf(value)).filter(([, each]) => isPresent(each));
  return Object.fromEntries(members.map(([name, each]) => [name, requiredText(each, name)]));
}

/** A user pool id begins with its Region. */
function placeOfId(id: string): Place {
  const [, region] = /^([a-z]+(?:-[a-z]+)+-\d)_[0-9a-zA-Z]+$/.exec(id) ?? [];
  return region === undefined ? {} : { region };
}

/** Places of user pools by their id, as far as the ARNs that authorizers name tell. */
export function placesOfUserPools(table: ResourceTable, documentArns: readonly Value<string>[]): ReadonlyMap<string, Place> {
  const arns = table.ofType('AWS::ApiGateway::Authorizer').flatMap((authorizer) => {
    return listValue(authorizer.property('ProviderARNs'), 'ProviderARNs', (arn) => requiredText(arn, 'a provider ARN'));
  });
  const places = new Map<string, Place>();
  for (const arn of [...arns, ...documentArns]) {
    // The partition may be a placeholder, which has colons in it.
    const [, region, account, id] = /:cognito-idp:([a-z0-9-]+):(\d+):userpool\/([^/]+)$/.exec(identityOf(arn) ?? '') ?? [];
    if (id !== undefined) places.set(id, { account, region });
  }
  return places;
}
