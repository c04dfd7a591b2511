import type { AuthFlow, CfnUserPoolClient, IUserPool, UserPoolClient, UserPoolClientProps } from 'aws-cdk-lib/aws-cognito';
import { Annotations, Duration, Token } from 'aws-cdk-lib/core';
import type { Problem } from '../../model/problem';
import { isStandardScope } from '../../model/scope-grammar';
import { checkAuthFlows, checkAuthSession, checkClientAttributes, checkIdentityProviders, checkRotation } from '../../model/sign-in-rules';
import type { SignInOptions, UserClientOptions } from '../app-client';
import type { Scope } from '../scope';
import { later } from './plain-servers';
import { literals } from './problems';

/** Id of the warning about a client whose SDK sign-in gives none of its custom scopes. */
const SDK_SIGN_IN_WARNING = 'cdk-protected-api:SdkSignInScopes';

const FLOW_NAMES: { readonly [flow in keyof AuthFlow]-?: string } = {
  adminUserPassword: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  custom: 'ALLOW_CUSTOM_AUTH',
  userPassword: 'ALLOW_USER_PASSWORD_AUTH',
  userSrp: 'ALLOW_USER_SRP_AUTH',
  user: 'ALLOW_USER_AUTH',
};

/** How users sign in, to a client with or without OAuth. */
type UserSignIn = SignInOptions & Pick<UserClientOptions, 'authFlows' | 'identityProviders'>;

/** Checks how users sign in to a client, beyond its URLs. */
export function checkSignIn(client: string, options: UserSignIn): Problem[] {
  const {
    authFlows, authSessionValidity: session, refreshTokenRotationGracePeriod: grace, identityProviders, readAttributes, writeAttributes,
  } = options;
  return [
    ...(authFlows === undefined ? [] : checkAuthFlows(client, flowNames(authFlows))),
    ...checkDuration('AuthSessionValidity', `sign-in session of client "${client}"`, session, (seconds) => checkAuthSession(client, seconds)),
    ...checkDuration('RefreshTokenRotation', `grace period of client "${client}"`, grace,
      (seconds) => checkRotation(client, seconds, authFlows && flowNames(authFlows))),
    ...(identityProviders === undefined ? [] : checkIdentityProviders(client, literalsOrAll(identityProviders.map(({ name }) => name)))),
    ...(readAttributes === undefined ? [] : checkClientAttributes(client, 'read', readAttributes.attributes())),
    ...(writeAttributes === undefined ? [] : checkClientAttributes(client, 'write', writeAttributes.attributes())),
  ];
}

/** The properties of the CDK's client that say how users sign in. */
export function signInProps(options: UserSignIn): Partial<UserPoolClientProps> {
  return {
    supportedIdentityProviders: options.identityProviders,
    authSessionValidity: options.authSessionValidity,
    refreshTokenRotationGracePeriod: options.refreshTokenRotationGracePeriod,
    enableTokenRevocation: options.enableTokenRevocation ?? true,
    preventUserExistenceErrors: options.preventUserExistenceErrors ?? true,
    readAttributes: options.readAttributes,
    writeAttributes: options.writeAttributes,
  };
}

/** Gives a client its flows, orders it after the identity providers of its user pool, and warns of scopes out of reach. */
export function wireSignIn(client: UserPoolClient, userPool: IUserPool, options: UserSignIn, scopes: readonly Scope[]): void {
  const { authFlows } = options;
  const refresh = options.refreshTokenRotationGracePeriod === undefined ? ['ALLOW_REFRESH_TOKEN_AUTH'] : [];
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = [...(authFlows === undefined ? [] : flowNames(authFlows)), ...refresh];
  // Also those that are declared after this call.
  client.node.addDependency(later(() => [...userPool.identityProviders]));
  const custom = literals(scopes.map(({ fullName }) => fullName)).filter((scope) => !isStandardScope(scope));
  if (authFlows === undefined || custom.length === 0) return;
  const missing = custom.length === 1 ? custom[0] : `the ${custom.length} custom scopes of the client`;
  Annotations.of(client).addWarningV2(SDK_SIGN_IN_WARNING, 'access tokens of SDK sign-in carry only aws.cognito.signin.user.admin, '
    + `not ${missing}: users who call a method with scopes sign in through the pages of the domain`);
}

function flowNames(flows: AuthFlow): string[] {
  return (Object.keys(FLOW_NAMES) as (keyof AuthFlow)[]).filter((flow) => flows[flow]).map((flow) => FLOW_NAMES[flow]);
}

/** Names that only deployment knows count, and are taken as different. */
function literalsOrAll(names: readonly string[]): string[] {
  return names.map((name, position) => (Token.isUnresolved(name) ? `<token ${position}>` : name));
}

function checkDuration(
  code: 'AuthSessionValidity' | 'RefreshTokenRotation', subject: string, duration: Duration | undefined, check: (seconds: number) => Problem[],
): Problem[] {
  if (duration === undefined) return [];
  if (!duration.isUnresolved()) return check(duration.toSeconds({ integral: false }));
  return [{
    code,
    subject,
    wrong: 'is known only at deployment',
    got: '<token>',
    expected: 'a duration that is known at synthesis',
    fix: 'write its value as a number',
  }];
}
