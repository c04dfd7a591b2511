import type { IntegrationRequest } from './integration-call';

/**
 * The path parameters as they stand in the path, not decoded: so Lambda functions get them
 * (captured events with `%2B` in `pathParameters`, LocalStack test suite validated on AWS). A trailing slash belongs to none.
 */
export function pathVariables({ path, pathParameters, resourcePath }: IntegrationRequest): { [name: string]: string } {
  const names = resourcePath.split('/').slice(1);
  const segments = path.replace(/\/$/, '').split('/').slice(1);
  const variables = names.flatMap((name, position): [string, string][] => {
    const [, variable, greedy] = /^\{(.+?)(\+)?\}$/.exec(name) ?? [];
    if (variable === undefined || segments[position] === undefined) return [];
    return [[variable, greedy ? segments.slice(position).join('/') : segments[position]]];
  });
  return variables.length === Object.keys(pathParameters).length
    ? Object.fromEntries(variables)
    // A gateway that matched otherwise than segment by segment knows better.
    : Object.fromEntries(Object.entries(pathParameters).map(([name, value]) => [name, encodeURI(value)]));
}
