import { ClientAttributes, UserPoolClientIdentityProvider, type AuthFlow } from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import type { CommonUserClient, DeclaredAuthFlow, SignIn } from '../../declaration/access-declaration';
import { failOn } from '../../model/problem';
import type { AppClientOptions, SignInOptions, UserClientOptions } from '../app-client';

/** The options of a client with sign-in pages that are plain values in a declaration. */
export function userClientOptions(client: CommonUserClient): Omit<UserClientOptions, keyof AppClientOptions> {
  return {
    ...signInOptions(client),
    callbackUrls: [...client.callbackUrls],
    logoutUrls: client.logoutUrls && [...client.logoutUrls],
    implicitGrantReason: client.implicitGrantReason,
    identityProviders: client.identityProviders?.map((name) => UserPoolClientIdentityProvider.custom(name)),
    authFlows: client.authFlows && authFlows(client.authFlows),
  };
}

/** The options of any client with users that are plain values in a declaration. */
export function signInOptions({ readAttributes, writeAttributes, ...client }: SignIn): SignInOptions {
  return {
    idTokenValidity: duration('idTokenValidity', client.idTokenValidity),
    refreshTokenValidity: duration('refreshTokenValidity', client.refreshTokenValidity),
    authSessionValidity: duration('authSessionValidity', client.authSessionValidity),
    refreshTokenRotationGracePeriod: duration('refreshTokenRotationGracePeriod', client.refreshTokenRotationGracePeriod),
    enableTokenRevocation: client.enableTokenRevocation,
    preventUserExistenceErrors: client.preventUserExistenceErrors,
    readAttributes: readAttributes && new NamedAttributes(readAttributes),
    writeAttributes: writeAttributes && new NamedAttributes(writeAttributes),
  };
}

/** A duration of ISO 8601. */
export function duration(name: string, text: string | undefined): Duration | undefined {
  if (text === undefined) return undefined;
  try {
    return Duration.parse(text);
  } catch {
    failOn([{
      code: 'DeclarationDuration', subject: name, wrong: 'is no duration', got: text, expected: 'one of ISO 8601, such as "PT30M", "PT1H" or "P30D"', fix: 'correct it',
    }]);
    return undefined;
  }
}

/** The flows of a list, as the CDK has them. */
export function authFlows(names: readonly DeclaredAuthFlow[]): AuthFlow {
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** Attributes by the names that Cognito has for them; the CDK's own class takes other names for the standard ones. */
class NamedAttributes extends ClientAttributes {
  public constructor(private readonly names: readonly string[]) {
    super();
  }

  public override attributes(): string[] {
    return [...new Set(this.names)].sort();
  }
}
