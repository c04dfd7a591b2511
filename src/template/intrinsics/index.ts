import { stringOf } from '../../model/value';
import { transformName } from '../json';
import type { Intrinsic } from '../scope';
import { Unresolved, UnresolvedScalar } from '../unresolved';
import { YAML_SCALAR, booleanOf, textOfScalar } from '../yaml-scalars';
import { choose, conditionFunction } from './conditions';
import { getStackOutput, importValue } from './imports';
import { length, toJsonString } from './language-extensions';
import { getAtt, ref } from './references';
import { base64, findInMap, join, select, split, sub } from './texts';

const CONDITION_FUNCTIONS = ['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals'];

const yamlScalar: Intrinsic = (argument) => {
  const source = stringOf(argument);
  return new UnresolvedScalar(source, textOfScalar(source), booleanOf(source));
};

/** What each intrinsic function gives. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Join', join],
  ['Fn::Sub', sub],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', choose],
  ['Fn::FindInMap', findInMap],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::Base64', base64],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Length', length],
  [YAML_SCALAR, yamlScalar],
  ['Fn::Cidr', () => new Unresolved('Fn::Cidr is computed at deployment')],
  ['Fn::GetAZs', () => new Unresolved('Fn::GetAZs is computed at deployment')],
  ['Fn::Transform', (argument) => new Unresolved(`transform ${transformName(argument)} is expanded at deployment`)],
  ...CONDITION_FUNCTIONS.map((name): [string, Intrinsic] => [name, conditionFunction(name)]),
]);
