import { pathParts, splitPath } from './route';

/** A place in the tree of path templates of one API. */
interface Node<T> {
  readonly statics: Map<string, Node<T>>;
  variable?: Node<T>;
  greedy?: Node<T>;
  /** Methods of this path by verb; empty on places that only lead further. */
  readonly methods: Map<string, T>;
}

/**
 * Finds the method that answers a request.
 *
 * A static part goes before a variable, a variable before a greedy one (API Gateway developer guide, «Set up a proxy
 * resource»). Unverified: that API Gateway goes back to a less specific path where the more specific one
 * leads to no method, and that it does not do so where the path matches and only the verb is missing.
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
    node.methods.set(verb, method);
  }

  /** The method for a verb and the path of a request, which begins with a slash and has no stage and no query. */
  public find(verb: string, path: string): T | undefined {
    const node = findNode(this.root, splitPath(path), 0);
    return node?.methods.get(verb) ?? node?.methods.get('ANY');
  }
}

function newNode<T>(): Node<T> {
  return { statics: new Map(), methods: new Map() };
}

function findNode<T>(node: Node<T>, parts: readonly string[], position: number): Node<T> | undefined {
  if (position === parts.length) return node.methods.size > 0 ? node : undefined;
  const part = parts[position];
  const exact = node.statics.get(part);
  const found = exact && findNode(exact, parts, position + 1);
  if (found) return found;
  if (part === '') return undefined;
  return (node.variable && findNode(node.variable, parts, position + 1)) ?? (node.greedy?.methods.size ? node.greedy : undefined);
}
