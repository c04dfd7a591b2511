import { sameText } from '../../model/value';
import { isObject, member } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { Unresolved, containsUnresolved, identityOfResolved, placeholder, type Resolved } from '../unresolved';

/** Whether something holds, or why that cannot be decided. */
export type Truth = boolean | Unresolved;

const TOO_DEEP: Truth = new Unresolved('conditions are nested too deep');

/** Whether a condition of the template holds. */
export function conditionHolds(name: string, scope: Scope): Truth {
  return scope.once('condition', name, () => {
    const declaration = member(scope.conditions, name);
    if (declaration === undefined) return new Unresolved(`template ${scope.stack} has no condition ${name}`);
    const truth = scope.deeper(() => evaluate(declaration, scope), TOO_DEEP);
    // Of a condition over conditions, the innermost reason says most.
    return truth instanceof Unresolved
      ? new Unresolved(`condition ${scope.stack}/${name} cannot be decided: ${truth.unknown.replace(/^condition .* cannot be decided: /, '')}`)
      : truth;
  });
}

/** `Fn::If`: the name of a condition and two branches. */
export const choose: Intrinsic = (argument, scope) => {
  if (!Array.isArray(argument) || argument.length !== 3) return new Unresolved('Fn::If has no condition and two branches');
  const [condition, whenTrue, whenFalse] = argument;
  const truth = typeof condition === 'string' ? conditionHolds(condition, scope) : evaluate(condition, scope);
  if (!(truth instanceof Unresolved)) return scope.resolve(truth ? whenTrue : whenFalse);
  const branches = [scope.resolve(whenTrue), scope.resolve(whenFalse)];
  const [left, right] = branches.map(identityOfResolved);
  if (left !== undefined && left === right) return branches[0];
  const named = typeof condition === 'string' && left !== undefined && right !== undefined;
  return new Unresolved(
    truth.unknown,
    named ? placeholder(`${scope.stack}/${condition} ? ${left} : ${right}`) : undefined,
    branches.some(isNothing),
  );
};

function isNothing(value: Resolved): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0) || (value instanceof Unresolved && value.mayBeAbsent);
}

/** The condition functions where a value is expected. */
export const conditionFunction = (name: string): Intrinsic => (argument, scope) => evaluate({ [name]: argument }, scope);

function evaluate(node: unknown, scope: Scope): Truth {
  if (typeof node === 'boolean') return node;
  if (node === 'true' || node === 'false') return node === 'true';
  const [name, ...others] = isObject(node) ? Object.keys(node) : [];
  if (name === undefined || others.length > 0) return new Unresolved('a condition is none of the condition functions');
  const argument = (node as { [name: string]: unknown })[name];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? conditionHolds(argument, scope) : new Unresolved('Condition has no name');
    case 'Fn::Not':
      return not(scope.deeper(() => evaluate(Array.isArray(argument) ? argument[0] : argument, scope), TOO_DEEP));
    case 'Fn::And':
      return all(argument, scope, true);
    case 'Fn::Or':
      return all(argument, scope, false);
    case 'Fn::Equals':
      return equals(argument, scope);
  }
  const value = scope.resolve(node);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return value instanceof Unresolved ? value : new Unresolved('a condition is neither true nor false');
}

function not(truth: Truth): Truth {
  return truth instanceof Unresolved ? truth : !truth;
}

/** And (`neutral` true) and Or (`neutral` false): one opposite decides, else what is unknown stays unknown. */
function all(argument: unknown, scope: Scope, neutral: boolean): Truth {
  if (!Array.isArray(argument)) return new Unresolved('a condition function has no list');
  const truths = scope.deeper<Truth[]>(() => argument.map((each) => evaluate(each, scope)), [TOO_DEEP]);
  if (truths.includes(!neutral)) return !neutral;
  return truths.find((truth) => truth instanceof Unresolved) ?? neutral;
}

function equals(argument: unknown, scope: Scope): Truth {
  if (!Array.isArray(argument) || argument.length !== 2) return new Unresolved('Fn::Equals has no two values');
  const [a, b] = argument.map((each) => scalar(scope.resolve(each)));
  const open = [a, b].find((each) => each instanceof Unresolved || containsUnresolved(each));
  if (open === undefined) return JSON.stringify(a) === JSON.stringify(b);
  if (isTextual(a) && isTextual(b)) return sameText(a, b) ?? (open instanceof Unresolved ? open : new Unresolved('a value is unknown'));
  return open instanceof Unresolved ? open : new Unresolved('a value in Fn::Equals is unknown');
}

function scalar(value: Resolved): Resolved {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function isTextual(value: Resolved): value is string | Unresolved {
  return typeof value === 'string' || value instanceof Unresolved;
}
