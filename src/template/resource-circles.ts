import { circularError } from './circular-error';
import { conditionHolds } from './intrinsics/conditions';
import { isObject, member } from './json';
import type { Scope } from './scope';

/** Where a resource stands in the search: not seen, on the way, or known to close no circle. */
type State = 'new' | 'open' | 'done';

interface Step { readonly name: string; readonly needs: readonly string[]; next: number }

/**
 * Fails where resources of a template need each other in a circle, which CloudFormation refuses.
 *
 * Counts `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`; of an `Fn::If` only the branch that is taken, and no branch
 * where that cannot be decided.
 *
 * @throws ProblemError `TemplateCircular`
 */
export function checkResourceCircles(scope: Scope): void {
  const { resources } = scope;
  const states = new Map<string, State>();
  for (const name of Object.keys(resources)) states.set(name, 'new');
  for (const start of states.keys()) {
    if (states.get(start) === 'done') continue;
    const path: Step[] = [stepTo(start, scope, states)];
    while (path.length > 0) {
      const step = path[path.length - 1];
      if (step.next === step.needs.length) {
        states.set(step.name, 'done');
        path.pop();
        continue;
      }
      const need = step.needs[step.next++];
      const state = states.get(need);
      if (state === 'open') {
        const names = path.map(({ name }) => name);
        throw circularError([...names.slice(names.indexOf(need)), need].map((name) => `${scope.stack}/${name}`));
      }
      if (state === 'new') path.push(stepTo(need, scope, states));
    }
  }
}

function stepTo(name: string, scope: Scope, states: Map<string, State>): Step {
  states.set(name, 'open');
  return { name, needs: needsOf(scope.resources[name], scope, states), next: 0 };
}

/** The logical ids of the resources that a resource needs, without those that are done. */
function needsOf(resource: unknown, scope: Scope, states: ReadonlyMap<string, State>): string[] {
  const needs: string[] = [];
  if (!isObject(resource)) return needs;
  const { Condition: condition, DependsOn: dependsOn, Properties: properties } = resource;
  if (typeof condition === 'string' && conditionHolds(condition, scope) === false) return needs;
  const add = (name: unknown) => {
    const state = typeof name === 'string' ? states.get(name) : undefined;
    if (state !== undefined && state !== 'done') needs.push(name as string);
  };
  if (Array.isArray(dependsOn)) dependsOn.forEach(add);
  else add(dependsOn);
  const nodes: unknown[] = [properties];
  while (nodes.length > 0) {
    const node = nodes.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node)) {
      for (const each of node) if (typeof each === 'object') nodes.push(each);
    } else {
      addNode(node as { readonly [key: string]: unknown }, nodes, add, scope);
    }
  }
  return needs;
}

function addNode(node: { readonly [key: string]: unknown }, nodes: unknown[], add: (name: unknown) => void, scope: Scope): void {
  for (const key in node) {
    const argument = node[key];
    switch (key) {
      case 'Ref':
        add(argument);
        break;
      case 'Fn::GetAtt':
        add(typeof argument === 'string' ? argument.split('.', 1)[0] : Array.isArray(argument) ? argument[0] : undefined);
        break;
      case 'Fn::If':
        addBranch(argument, nodes, scope);
        break;
      case 'Fn::Sub':
        addSubstitutions(argument, nodes, add);
        break;
      default:
        if (typeof argument === 'object') nodes.push(argument);
    }
  }
}

function addBranch(argument: unknown, nodes: unknown[], scope: Scope): void {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string') return;
  const holds = conditionHolds(argument[0], scope);
  if (holds === true || holds === false) nodes.push(argument[holds ? 1 : 2]);
}

function addSubstitutions(argument: unknown, nodes: unknown[], add: (name: unknown) => void): void {
  const [text, values] = Array.isArray(argument) ? argument as unknown[] : [argument, undefined];
  if (typeof text !== 'string') return;
  for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const plain = name.trim();
    if (member(values, plain) === undefined) add(plain.split('.')[0]);
  }
  nodes.push(values);
}
