import { circularError } from './circular-error';
import { conditionHolds } from './intrinsics/conditions';
import { isObject, member } from './json';
import type { Scope } from './scope';

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
  const done = new Set<string>();
  for (const start of Object.keys(resources)) {
    if (done.has(start)) continue;
    const path = [{ name: start, next: needsOf(resources[start], scope)[Symbol.iterator]() }];
    const open = new Set([start]);
    while (path.length > 0) {
      const { name, next } = path[path.length - 1];
      const step = next.next();
      if (step.done) {
        done.add(name);
        open.delete(name);
        path.pop();
      } else if (open.has(step.value)) {
        const names = path.map((each) => each.name);
        throw circularError([...names.slice(names.indexOf(step.value)), step.value].map((each) => `${scope.stack}/${each}`));
      } else if (!done.has(step.value)) {
        open.add(step.value);
        path.push({ name: step.value, next: needsOf(resources[step.value], scope)[Symbol.iterator]() });
      }
    }
  }
}

/** The logical ids of the resources that a resource needs. */
function needsOf(resource: unknown, scope: Scope): Set<string> {
  const needs = new Set<string>();
  if (!isObject(resource)) return needs;
  const add = (name: unknown) => {
    if (typeof name === 'string' && Object.hasOwn(scope.resources, name)) needs.add(name);
  };
  const { Condition: condition, DependsOn: dependsOn, Properties: properties } = resource;
  if (typeof condition === 'string' && conditionHolds(condition, scope) === false) return needs;
  [dependsOn].flat().forEach(add);
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
  const keys = Object.keys(node);
  if (keys.length === 1) {
    const argument = node[keys[0]];
    switch (keys[0]) {
      case 'Ref':
        return add(argument);
      case 'Fn::GetAtt':
        return add(typeof argument === 'string' ? argument.split('.')[0] : Array.isArray(argument) ? argument[0] : undefined);
      case 'Fn::If':
        return addBranch(argument, nodes, scope);
      case 'Fn::Sub':
        return addSubstitutions(argument, nodes, add);
    }
  }
  for (const key of keys) {
    const value = node[key];
    if (typeof value === 'object') nodes.push(value);
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
