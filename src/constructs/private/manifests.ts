import { UserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { plain } from './deprecations';
import { failAt } from './problems';
import { userPoolKey } from './user-pool-key';
import { MANIFEST_VERSION, readManifest, type ResourceServerManifest } from '../../model/manifest';
import { ProblemError } from '../../model/problem';
import { isUserPoolId, userPoolIdOfArn } from '../../model/user-pools';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';

/** The manifest of a resource server; what only deployment knows of its user pool is left out. */
export function manifestOf(server: IScopedResourceServer): ResourceServerManifest {
  const { identifier, userPool, scopes } = server;
  const texts = [
    ['an identifier', identifier],
    ...scopes.flatMap(({ name, description, deprecated }) => [
      ['a scope name', name], ['a description', description], ['a replacement', deprecated?.replacedBy?.fullName], ['a reason', deprecated?.reason],
    ] as const),
  ] as const;
  const open = texts.find(([, text]) => Token.isUnresolved(text));
  if (open !== undefined) {
    throw new ProblemError([{
      code: 'ManifestFormat',
      subject: `resource server "${server.node.path}"`,
      wrong: `has ${open[0]} that is known only later`,
      got: open[1],
      expected: 'literal texts: another app cannot read this one\'s references',
      fix: 'write it as a literal',
    }]);
  }
  const id = userPoolKey(userPool);
  return {
    version: MANIFEST_VERSION,
    identifier,
    ...(isUserPoolId(id) && { userPoolId: id }),
    ...(!Token.isUnresolved(userPool.userPoolArn) && userPoolIdOfArn(userPool.userPoolArn) !== undefined && { userPoolArn: userPool.userPoolArn }),
    scopes: scopes.map(({ name, description, deprecated }) => ({
      name, description: description ?? name, ...(deprecated !== undefined && { deprecated: plain(deprecated) }),
    })),
  };
}

/** Reads a manifest where a call was given one. */
export function manifestAt(text: string): ResourceServerManifest {
  const read = readManifest(text);
  if ('problems' in read) throw new ProblemError(read.problems);
  return read.manifest;
}

/** The user pool of a manifest: the given one, else the one that the manifest names. */
export function userPoolOf(scope: Construct, id: string, manifest: ResourceServerManifest, given?: IUserPool): IUserPool {
  const { userPoolArn, userPoolId, identifier } = manifest;
  const subject = `manifest of resource server "${identifier}"`;
  const named = userPoolId ?? (userPoolArn === undefined ? undefined : userPoolIdOfArn(userPoolArn));
  if (given !== undefined) {
    const key = userPoolKey(given);
    failAt(named === undefined || !isUserPoolId(key) || key === named ? [] : [{
      code: 'ManifestUserPool', subject, wrong: 'is about another user pool than the given one', got: key, expected: `"${named}"`, fix: 'remove userPool, or take the manifest of the other user pool',
    }]);
    return given;
  }
  if (userPoolArn !== undefined) return UserPool.fromUserPoolArn(scope, `${id}UserPool`, userPoolArn);
  if (userPoolId !== undefined) return UserPool.fromUserPoolId(scope, `${id}UserPool`, userPoolId);
  throw new ProblemError([{
    code: 'ManifestUserPool', subject, wrong: 'names no user pool: only deployment knew it', expected: 'a user pool', fix: 'pass userPool',
  }]);
}
