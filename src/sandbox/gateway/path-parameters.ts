import { decodePart } from './path-doubt';
import { pathParts } from '../../model/route';
import { requestParts } from '../../model/route-index';

/** Reads the values of the variables of one path template out of the paths of requests, as they stand there. */
export function pathParameterReader(template: string): (path: string) => { [name: string]: string } {
  const variables = pathParts(template).flatMap((part, position) => (part.kind === 'static' ? [] : [{ ...part, position }]));
  if (variables.length === 0) return () => ({});
  return (path) => {
    const parts = requestParts(path);
    return Object.fromEntries(variables.map(({ kind, name, position }) => (
      [name, kind === 'greedy' ? parts.slice(position).join('/') : parts[position] ?? '']
    )));
  };
}

/** Values of path variables, decoded; those that are no encoded text stay as they are. */
export function decodedParameters(parameters: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decodePart(value) ?? value]));
}
