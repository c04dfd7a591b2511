import type { Scope } from '../scope';

/**
 * The name of something that is looked up in an account and a Region, with those of the stack.
 *
 * What is not known of them is left out: such stacks count as deployed to the same place, as for pseudo parameters.
 *
 * @param region where the thing is not in the Region of the stack
 */
export function inPlace(name: string, { source: { environment } }: Pick<Scope, 'source'>, region: string | undefined = environment.region): string {
  const place = [environment.account, region].filter((part) => part !== undefined).join('/');
  return place === '' ? name : `${name} in ${place}`;
}
