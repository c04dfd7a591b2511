import type { Call } from './call';
import { readInput, structure, type Member, type Read } from './input';

/** An operation of the API: reads its input from a JSON body, acts, and gives its output. */
export type Operation = (call: Call, body: unknown) => object | Promise<object>;

/** Operations by name. */
export type Operations = { readonly [name: string]: Operation };

/** Makes an operation from the members of its input and what it does. */
export function operation<M extends { readonly [name: string]: Member<unknown> }>(
  members: M, run: (call: Call, input: { readonly [K in keyof M]: Read<M[K]> }) => object | Promise<object>,
): Operation {
  const shape = structure(members);
  return (call, body) => run(call, readInput(shape, body));
}
