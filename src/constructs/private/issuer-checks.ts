import { CfnAuthorizer, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { Reference, Stack, Tokenization } from 'aws-cdk-lib/core';
import { rendered } from './rendered';
import type { Problem } from '../../model/problem';

/**
 * Checks the user pools of all authorizers of an API, as far as the app declares them: the Cognito authorizer takes no
 * tokens of the updated issuer (Cognito developer guide, «OIDC issuer», 2026).
 */
export function checkIssuers(api: RestApi): Problem[] {
  const authorizers = api.node.root.node.findAll().filter((child): child is CfnAuthorizer => child instanceof CfnAuthorizer);
  const pools = new Set(authorizers.filter((each) => isOf(each, api)).flatMap(userPoolsOf));
  return [...pools].filter(hasUpdatedIssuer).map((pool) => ({
    code: 'UserPoolIssuer',
    subject: `API "${api.node.path}"`,
    wrong: `takes tokens of user pool "${pool.node.path}", whose issuer the Cognito authorizer refuses`,
    got: 'UPDATED',
    expected: 'IssuerConfiguration of type ORIGINAL, the default',
    fix: 'leave the issuer of the user pool as it was, or take the user pool from the API',
  }));
}

function isOf(authorizer: CfnAuthorizer, api: RestApi): boolean {
  const stack = Stack.of(authorizer);
  return JSON.stringify(stack.resolve(authorizer.restApiId)) === JSON.stringify(stack.resolve(api.restApiId));
}

/** The user pools that the ARNs of an authorizer refer to, by their ARN or by an id that is part of it. */
function userPoolsOf({ providerArns = [] }: CfnAuthorizer): CfnUserPool[] {
  return providerArns
    .flatMap((arn) => Tokenization.reverseString(arn).tokens)
    .flatMap((token) => (Reference.isReference(token) && token.target instanceof CfnUserPool ? [token.target] : []));
}

function hasUpdatedIssuer(pool: CfnUserPool): boolean {
  return rendered(pool).properties.IssuerConfiguration?.Type === 'UPDATED';
}
