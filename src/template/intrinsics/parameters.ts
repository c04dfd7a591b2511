import { isObject, member, objectOf } from '../json';
import type { Scope } from '../scope';
import { Unresolved, placeholder, type Resolved } from '../unresolved';

/**
 * The value of a parameter: as the parent stack gives it, or its default.
 *
 * Whoever deploys the template may give another value than the default. The model then describes a deployment
 * without own values. A parameter without a default is unknown, and so is one that is a secret (`NoEcho`) or that
 * CloudFormation reads from Systems Manager.
 */
export function parameterValue(name: string, scope: Scope): Resolved {
  return scope.once('parameter', name, () => {
    const declaration = objectOf(member(scope.parameters, name));
    const type = typeof declaration.Type === 'string' ? declaration.Type : 'String';
    const unknown = (reason: string) => new Unresolved(`parameter ${scope.stack}/${name} ${reason}`, placeholder(`${scope.stack}/${name}`));
    const { NoEcho: secret = false } = declaration;
    if (secret !== false && secret !== 'false') return unknown('is a secret');
    const given = givenValue(name, scope);
    if (given instanceof Unresolved) return given;
    if (type.startsWith('AWS::SSM::Parameter::')) return unknown('is read from Systems Manager at deployment');
    const value = given ?? declaration.Default;
    if (value === undefined) return unknown('has no default');
    const typed = typedValue(value, type);
    if (typed === undefined) return unknown('has a default that is no text');
    if (given === undefined) scope.defaultUsed({ subject: `${scope.stack}/${name}`, value: String(typed) });
    return typed;
  });
}

/** The value that the parent stack or the deployment gives. */
function givenValue(name: string, scope: Scope): Resolved {
  const given = member(scope.source.parameters, name);
  if (given !== undefined) return given as Resolved;
  const { nestedIn } = scope.source;
  if (nestedIn === undefined || scope.parent === undefined) return undefined;
  const parameters = member(objectOf(member(scope.parent.resources, nestedIn.logicalId)).Properties, 'Parameters');
  const direct = member(parameters, name);
  if (direct !== undefined) return scope.parent.resolve(direct);
  // The whole map may be an intrinsic function.
  const resolved = scope.parent.resolve(parameters);
  return resolved instanceof Unresolved ? resolved : member(resolved, name) as Resolved;
}

/** CloudFormation gives lists of texts for list types, and texts for all others. */
function typedValue(value: unknown, type: string): Resolved {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (Array.isArray(value)) {
    if (value.some((each) => typeof each === 'object')) return undefined;
    return isList ? value : value.join(',');
  }
  if (isObject(value) || value === null) return undefined;
  return isList ? String(value).split(',').map((each) => each.trim()) : String(value);
}
