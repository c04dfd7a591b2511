import { pathParts, splitPath } from './route';

/** A place in the tree of path templates of one API. */
interface Node<T> {
  readonly statics: Map<string, Node<T>>;
  variable?: Node<T>;
  greedy?: Node<T>;
  /** Methods of this path by verb; empty on places that only lead further. */
  readonly methods: Map<string, T[]>;
}

/**
 * Finds the methods that answer a request.
 *
 * A static part goes before a variable, a variable before a greedy one (API Gateway developer guide, «Set up a proxy
 * resource»). One slash at the end of the request makes no difference (reported from the service by
 * aws-powertools/powertools-lambda-python#1552, 2022). Unverified: that API Gateway goes back to a less specific path
 * where the more specific one leads to no method, and that it does not do so where the path matches and only the
 * verb is missing.
 */
export class RouteIndex<T> {
  private readonly root: Node<T> = newNode();

  public add(verb: string, path: string, method: T): void {
    let node = this.root;
    for (const part of pathParts(path)) {
      if (part.kind === 'static') {
        const next = node.statics.get(part.text) ?? newNode<T>();
        node.statics.set(part.text, next);
        node = next;
      } else {
        node = node[part.kind] ??= newNode<T>();
      }
    }
    const ofVerb = node.methods.get(verb);
    if (ofVerb === undefined) node.methods.set(verb, [method]);
    else ofVerb.push(method);
  }

  /** The method for a verb and the path of a request, which begins with a slash and has no stage and no query. */
  public find(verb: string, path: string): T | undefined {
    for (const methods of this.places(path)) return (methods.get(verb) ?? methods.get('ANY'))?.[0];
    return undefined;
  }

  /** The places that match the path of a request, the most specific first, each with its methods by verb. */
  public* places(path: string): Generator<ReadonlyMap<string, readonly T[]>> {
    const parts = requestParts(path);
    // A stack of our own: paths may be deeper than the stack of JavaScript. What is pushed last is looked at first.
    const open: { node: Node<T>; position: number }[] = [{ node: this.root, position: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, position } = next;
      if (position === parts.length) {
        if (node.methods.size > 0) yield node.methods;
        continue;
      }
      const part = parts[position];
      if (part !== '') {
        if (node.greedy) open.push({ node: node.greedy, position: parts.length });
        if (node.variable) open.push({ node: node.variable, position: position + 1 });
      }
      const exact = node.statics.get(part);
      if (exact) open.push({ node: exact, position: position + 1 });
    }
  }
}

/** The parts of the path of a request. One slash at its end makes none. */
export function requestParts(path: string): string[] {
  const parts = splitPath(path);
  if (parts[parts.length - 1] === '') parts.pop();
  return parts;
}

function newNode<T>(): Node<T> {
  return { statics: new Map(), methods: new Map() };
}
