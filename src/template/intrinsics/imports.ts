import { conditionHolds } from './conditions';
import { member, objectOf } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { Unresolved, placeholder, toText, type Resolved } from '../unresolved';
import { inPlace } from './places';
import { outputValue } from './references';

/** `Fn::ImportValue`: an export of another stack in the same account and Region. */
export const importValue: Intrinsic = (argument, scope) => {
  const name = toText(scope.resolve(argument), 'the name of Fn::ImportValue');
  const identity = name instanceof Unresolved ? name.expression : name;
  if (identity === undefined) return new Unresolved((name as Unresolved).unknown);
  const found = (exportsByName(scope).get(identity) ?? []).filter((each) => samePlace(each.scope, scope));
  const chosen = found.length > 1 ? found.filter((each) => stageOf(each.scope) === stageOf(scope)) : found;
  if (chosen.length === 1) return outputValue(chosen[0].output, chosen[0].scope);
  const reason = found.length > 1
    ? `several stacks export ${identity}`
    : `${identity} is imported from outside of the templates`;
  return new Unresolved(reason, placeholder(inPlace(`import:${identity}`, scope)));
};

/** `Fn::GetStackOutput`: an output of another stack, exported or not, by the stack's name in CloudFormation. */
export const getStackOutput: Intrinsic = (argument, scope) => {
  const options = objectOf(argument);
  const [stack, output, region] = ['StackName', 'OutputName', 'Region'].map((key) => {
    const value = scope.resolve(member(options, key));
    return value === undefined ? undefined : toText(value, `${key} of Fn::GetStackOutput`);
  });
  if (typeof stack !== 'string' || typeof output !== 'string') return new Unresolved('Fn::GetStackOutput has no fixed stack and output');
  const elsewhere = isOwnRegion(region) ? undefined : region;
  const place = elsewhere instanceof Unresolved ? elsewhere.expression : elsewhere ?? scope.source.environment.region;
  if (elsewhere instanceof Unresolved && place === undefined) return new Unresolved(elsewhere.unknown);
  const found = scope.all.filter(({ source }) => source.stackName === stack && source.environment.region === place);
  const sameAccount = found.filter(({ source }) => source.environment.account === scope.source.environment.account);
  const chosen = found.length > 1 ? sameAccount : found;
  if (chosen.length === 1) return outputValue(output, chosen[0]);
  return new Unresolved(`stack ${stack} is not among the templates`, placeholder(inPlace(`output:${stack}.${output}`, scope, place)));
};

/** Whether a Region is that of the stack itself, by its pseudo parameter. The CDK writes it so where the app names no Region. */
function isOwnRegion(region: Resolved): boolean {
  return region instanceof Unresolved && region.name === 'AWS::Region';
}

interface Export { readonly output: string; readonly scope: Scope }

const exportsOf = new WeakMap<readonly Scope[], Map<string, Export[]>>();

/** Exports of all templates by their name, or by the expression of a name that is not known. */
function exportsByName(scope: Scope): Map<string, Export[]> {
  const known = exportsOf.get(scope.all);
  if (known !== undefined) return known;
  const exports = new Map<string, Export[]>();
  // Known before it is complete: a name that is imported itself does not start over.
  exportsOf.set(scope.all, exports);
  for (const each of scope.all) {
    for (const [output, declaration] of Object.entries(each.outputs)) {
      const { Export: declared, Condition: condition } = objectOf(declaration);
      if (typeof condition === 'string' && conditionHolds(condition, each) === false) continue;
      const exported = member(declared, 'Name');
      const name: Resolved = exported === undefined ? undefined : each.once('export', output, () => each.resolve(exported));
      const identity = name instanceof Unresolved ? name.expression : name;
      if (typeof identity === 'string') exports.set(identity, [...exports.get(identity) ?? [], { output, scope: each }]);
    }
  }
  return exports;
}

function samePlace({ source: { environment: a } }: Scope, { source: { environment: b } }: Scope): boolean {
  return a.account === b.account && a.region === b.region;
}

/** The part of a stack's name before the last slash. */
function stageOf({ stack }: Scope): string {
  return stack.slice(0, Math.max(0, stack.lastIndexOf('/')));
}
