import { stringOf } from '../../model/value';
import { member, objectOf, type JsonObject } from '../json';
import type { Intrinsic, Scope } from '../scope';
import { Unresolved, concatenate, placeholder, toText, type Resolved } from '../unresolved';
import { conditionHolds } from './conditions';
import { parameterValue } from './parameters';
import { isPseudoParameter, pseudoParameter } from './pseudo-parameters';

/* Resources whose `Ref` is the value of a property (CloudFormation template reference, return values, 2026). */
const REF_PROPERTIES: { readonly [type: string]: string } = {
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::ApiGateway::Stage': 'StageName',
};

/* Attributes that equal the `Ref` of the resource. */
const REF_ATTRIBUTES: { readonly [type: string]: string } = {
  'AWS::Cognito::UserPool': 'UserPoolId',
  'AWS::Cognito::UserPoolClient': 'ClientId',
  'AWS::ApiGateway::RestApi': 'RestApiId',
  'AWS::ApiGateway::Resource': 'ResourceId',
  'AWS::ApiGateway::Authorizer': 'AuthorizerId',
  'AWS::ApiGateway::Deployment': 'DeploymentId',
};

/** `Ref`. */
export const ref: Intrinsic = (argument, scope) => {
  return typeof argument === 'string' ? reference(argument, scope) : new Unresolved('Ref has no name');
};

/** What `Ref` of a name gives: a pseudo parameter, a parameter, or what identifies a resource. */
export function reference(name: string, scope: Scope): Resolved {
  if (isPseudoParameter(name)) return pseudoParameter(name, scope);
  if (Object.hasOwn(scope.parameters, name)) return parameterValue(name, scope);
  const resource = member(scope.resources, name);
  if (resource === undefined) {
    return new Unresolved(`template ${scope.stack} has no parameter or resource ${name}`, placeholder(`${scope.stack}/${name}`));
  }
  return scope.once('resource', name, () => {
    const { Type: type, Properties: properties } = objectOf(resource);
    const property = typeof type === 'string' ? REF_PROPERTIES[type] : undefined;
    const value = property === undefined ? undefined : scope.resolve(member(properties, property));
    return value ?? new Unresolved(`${scope.stack}/${name} is known after deployment`, placeholder(`${scope.stack}/${name}`));
  });
}

/** `Fn::GetAtt`, as `[resource, attribute]` or `resource.attribute`. */
export const getAtt: Intrinsic = (argument, scope) => {
  const [first, ...rest] = typeof argument === 'string' ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
  const attribute = toText(scope.resolve(rest[0]), 'the attribute of Fn::GetAtt');
  if (typeof first !== 'string' || typeof attribute !== 'string') return new Unresolved('Fn::GetAtt has no resource and attribute');
  return scope.once('attribute', `${first}.${attribute}`, () => {
    const resource = objectOf(member(scope.resources, first));
    if (resource.Type === undefined) {
      return new Unresolved(`template ${scope.stack} has no resource ${first}`, placeholder(`${scope.stack}/${first}.${attribute}`));
    }
    return attributeOf(first, resource, attribute, scope);
  });
};

function attributeOf(logicalId: string, resource: JsonObject, attribute: string, scope: Scope): Resolved {
  const type = stringOf(resource.Type);
  if (REF_ATTRIBUTES[type] === attribute) return reference(logicalId, scope);
  if (type === 'AWS::Cognito::UserPool' && attribute === 'Arn') return userPoolArn(logicalId, scope);
  if (type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
    const nested = scope.nested(logicalId);
    if (nested !== undefined) return outputValue(attribute.slice('Outputs.'.length), nested);
  }
  return new Unresolved(`${scope.stack}/${logicalId}.${attribute} is known after deployment`, placeholder(`${scope.stack}/${logicalId}.${attribute}`));
}

/** The ARN of a pool as a text around its id, so that taking it apart gives the id again. */
function userPoolArn(logicalId: string, scope: Scope): Resolved {
  const pseudo = (name: string) => toText(pseudoParameter(name, scope), name);
  return concatenate([
    'arn:', pseudo('AWS::Partition'), ':cognito-idp:', pseudo('AWS::Region'), ':', pseudo('AWS::AccountId'), ':userpool/',
    toText(reference(logicalId, scope), logicalId),
  ]);
}

/** The value of an output of a template. */
export function outputValue(name: string, scope: Scope): Resolved {
  return scope.once('output', name, () => {
    const output = member(scope.outputs, name);
    const { Value: value, Condition: condition } = objectOf(output);
    const exists = output !== undefined && !(typeof condition === 'string' && conditionHolds(condition, scope) === false);
    const resolved = exists ? scope.resolve(value) : undefined;
    if (exists) return typeof resolved === 'object' ? toText(resolved, `output ${scope.stack}/${name}`) : resolved;
    return new Unresolved(`template ${scope.stack} has no output ${name}`, placeholder(`${scope.stack}/Outputs.${name}`));
  });
}

/** Returns whether an expression stands for the id of a resource that Cognito or API Gateway makes up: no `:` and no `/` in it. */
export function isGeneratedId(name: string, scope: Scope): boolean {
  const slash = name.lastIndexOf('/');
  const owner = scope.all.find(({ stack }) => stack === name.slice(0, slash));
  const type = owner && objectOf(member(owner.resources, name.slice(slash + 1))).Type;
  return typeof type === 'string' && Object.hasOwn(REF_ATTRIBUTES, type);
}

function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
