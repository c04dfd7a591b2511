import { decodePart } from './path-doubt';
import { pathParts } from '../../model/route';
import { requestParts } from '../../model/route-index';

/** Reads the values of the variables of one path template out of the paths of requests, decoded. */
export function pathParameterReader(template: string): (path: string) => { [name: string]: string } {
  const variables = pathParts(template).flatMap((part, position) => (part.kind === 'static' ? [] : [{ ...part, position }]));
  if (variables.length === 0) return () => ({});
  return (path) => {
    const parts = requestParts(path);
    return Object.fromEntries(variables.map(({ kind, name, position }) => {
      const text = kind === 'greedy' ? parts.slice(position).join('/') : parts[position] ?? '';
      return [name, decodePart(text) ?? text];
    }));
  };
}
