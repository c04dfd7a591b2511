import { createHash } from 'node:crypto';
import { UserPoolDomain, type IUserPool, type UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Aws, Fn, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { userPoolLabel } from './user-pool-key';
import { checkDomainPrefix, MAX_DOMAIN_PREFIX_CHARACTERS, toDomainPrefix } from '../../model/domain-rules';
import type { Problem } from '../../model/problem';

const HASH_CHARACTERS = 8;
const STACK_UUID_CHARACTERS = 36;

/** Checks the options of a domain. */
export function checkDomain(options: UserPoolDomainOptions): Problem[] {
  if (options.cognitoDomain && options.customDomain) {
    return [{
      code: 'DomainChoice',
      subject: 'user pool domain',
      wrong: 'has both a prefix and a custom name',
      expected: 'cognitoDomain or customDomain',
      fix: 'remove one of them',
    }];
  }
  const prefix = options.cognitoDomain?.domainPrefix;
  return prefix === undefined || Token.isUnresolved(prefix) ? [] : checkDomainPrefix(prefix);
}

/** Defines the domain of a user pool, by default with a prefix that is unique to the stack. */
export function defineDomain(scope: Construct, id: string, userPool: IUserPool, options: UserPoolDomainOptions): UserPoolDomain {
  const named = options.cognitoDomain ?? options.customDomain;
  return new UserPoolDomain(scope, id, {
    userPool, ...options, ...(named === undefined && { cognitoDomain: { domainPrefix: defaultPrefix(scope, userPool) } }),
  });
}

/**
 * A prefix of the pool's name, a hash of its place in the stack, and the UUID of the stack's id: no other stack has
 * it, and it stays as long as the stack does.
 */
function defaultPrefix(scope: Construct, userPool: IUserPool): string {
  const place = scope.node.path.slice(Stack.of(scope).node.path.length);
  const hash = createHash('sha256').update(place).digest('hex').slice(0, HASH_CHARACTERS);
  const room = MAX_DOMAIN_PREFIX_CHARACTERS - HASH_CHARACTERS - STACK_UUID_CHARACTERS - 2;
  const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.join('-', [toDomainPrefix(userPoolLabel(userPool), room), hash, stackUuid]);
}
