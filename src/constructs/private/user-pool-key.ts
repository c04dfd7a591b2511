import { CfnUserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import {
  DefaultTokenResolver, Reference, Stage, StringConcat, Tokenization, type IPostProcessor, type IResolvable, type IResolveContext,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

const keys = new WeakMap<IUserPool, string>();

/**
 * What identifies a user pool among the constructs of an app, however it was obtained: by construct, by id or by ARN,
 * literal or not. A literal id stands for itself, a reference for the place of its target below the stage.
 */
export function userPoolKey(userPool: IUserPool): string {
  let key = keys.get(userPool);
  if (key === undefined) keys.set(userPool, key = userPoolIdKey(userPool.userPoolId, userPool));
  return key;
}

/** The same of an id of a user pool, as `consumer` refers to it. */
export function userPoolIdKey(userPoolId: string, consumer: IConstruct): string {
  return String(Tokenization.resolve(userPoolId, { scope: consumer, resolver: new IdentityResolver(), preparing: false }));
}

/** Whether two user pools are one. A literal id means one user pool everywhere, a reference another one in every stage. */
export function isSameUserPool(a: IUserPool, b: IUserPool): boolean {
  const key = userPoolKey(a);
  return key === userPoolKey(b) && (!key.includes('<') || Stage.of(a) === Stage.of(b));
}

/** Where a user pool that the app declares stands below its stage; undefined for others. */
export function userPoolPath(userPool: IUserPool): string | undefined {
  const [, path] = /^<([^<>]+)>$/.exec(userPoolKey(userPool)) ?? [];
  return path === undefined ? undefined : decodeURIComponent(path);
}

/** A short name of a user pool for ids and display names: where it stands below its stack, or its literal id. */
export function userPoolLabel(userPool: IUserPool): string {
  const key = userPoolKey(userPool);
  const path = userPoolPath(userPool);
  if (path === undefined) return (/[<{]/.test(key) ? userPool.node.id : key).replace(/[^A-Za-z0-9_-]/g, '-');
  const parts = path.split('/').filter((part) => part !== 'Resource' && part !== 'Default');
  return (parts.length > 1 ? parts.slice(1) : parts).join('-').replace(/[^A-Za-z0-9_-]/g, '-');
}

/**
 * Writes an expression as a text in which equal texts mean equal values: `<…>` for each reference, `{…}` for what
 * only deployment knows, and functions of texts carried out. An imported user pool has its id cut out of an ARN, even where the id was given.
 */
class IdentityResolver extends DefaultTokenResolver {
  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token)) return textOfReference(token);
    return evaluate(super.resolveToken(token, context, postProcessor));
  }
}

function textOfReference({ target, displayName }: Reference): string {
  const place = belowStage(target);
  if (displayName === 'Ref') return atom(place);
  if (!CfnUserPool.isCfnUserPool(target)) return atom(`${place}.${displayName}`);
  switch (displayName) {
    // The id of a user pool is what `Ref` gives too, and its ARN ends in it.
    case 'UserPoolId': return atom(place);
    case 'Arn': return `arn:::::userpool/${atom(place)}`;
    default: return atom(`${place}.${displayName}`);
  }
}

function evaluate(value: any): any {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value;
  const [[name, argument]] = Object.entries<any>(value);
  if (name === 'Fn::Join' && isTexts(argument[1])) return argument[1].join(argument[0]);
  if (name === 'Fn::Split' && isTexts(argument)) return argument[1].split(argument[0]);
  if (name === 'Fn::Select' && isTexts(argument[1]) && argument[1][argument[0]] !== undefined) return argument[1][argument[0]];
  return `{${encodeURIComponent(JSON.stringify(value))}}`;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** A reference; its own colons and slashes do not show. */
function atom(text: string): string {
  return `<${encodeURIComponent(text)}>`;
}

/** Stages hold copies of one another, so a place below the stage reads alike in all of them. */
export function belowStage(construct: IConstruct): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  return stage === '' ? construct.node.path : construct.node.path.slice(stage.length + 1);
}
