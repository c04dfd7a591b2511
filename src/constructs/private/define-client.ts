import { OAuthScope, UserPoolClient, type AuthFlow, type CfnUserPoolClient, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  checkCallbackUrls, checkClientScopes, checkLogoutUrls, checkMachineScopes, checkTokenValidities,
} from '../../model/client-rules';
import { METADATA_KEY } from '../../model/metadata';
import type { Problem } from '../../model/problem';
import { checkClientName, MAX_CLIENT_NAME_CHARACTERS, toDisplayName } from '../../model/scope-grammar';
import type { AppClientOptions, CommonClientOptions, SignInOptions, UserClientOptions } from '../app-client';
import type { Scope } from '../scope';
import { warnOfDeprecatedScopes } from './deprecations';
import { warnOfMissingDomain } from './domain-checks';
import { brandManagedLogin } from './managed-login';
import { failAt, failAtSynth, literals } from './problems';
import { checkSignIn, signInProps, wireSignIn } from './sign-in';
import { noteUse } from './template-metadata';
import { isSameUserPool } from './user-pool-key';
import { checkChangeable } from './user-pool-place';
import { undeclared, UserPoolRegistry } from './user-pool-registry';

/** Defines the client of a machine. */
export function defineMachineClient(scope: Construct, userPool: IUserPool, options: AppClientOptions): UserPoolClient {
  const id = scope.node.id;
  const accessTokenValidity = options.accessTokenValidity ?? Duration.minutes(30);
  failAt([
    ...checkChangeable(`client "${id}"`, scope, userPool),
    ...checkCommon(scope, userPool, options),
    ...checkMachineScopes(id, literals(options.scopes.map(({ fullName }) => fullName))),
    ...checkValidities(id, { access: accessTokenValidity }),
  ]);
  return defineClient(scope, userPool, options, new UserPoolClient(scope, 'Resource', {
    ...commonProps(scope, userPool, options),
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes: oauthScopes(options.scopes) },
    accessTokenValidity,
  }));
}

/** What differs between the clients of users. */
export interface UserClientKind {
  /** Whether the client has a secret: it runs where users cannot read it. */
  readonly confidential: boolean;
  readonly refreshTokenValidity: Duration;
  /** Only where the client has a secret. */
  readonly enablePropagateAdditionalUserContextData?: boolean;
}

/** Defines the client of an application with users. */
export function defineUserClient(scope: Construct, userPool: IUserPool, options: UserClientOptions, kind: UserClientKind): UserPoolClient {
  const id = scope.node.id;
  const accessTokenValidity = options.accessTokenValidity ?? Duration.minutes(60);
  const idTokenValidity = options.idTokenValidity ?? Duration.minutes(60);
  const refreshTokenValidity = options.refreshTokenValidity ?? kind.refreshTokenValidity;
  failAt([
    ...checkChangeable(`client "${id}"`, scope, userPool),
    ...checkCommon(scope, userPool, options),
    ...checkImplicitGrant(id, options),
    ...checkUrls(id, options),
    ...checkSignIn(id, options),
    ...checkValidities(id, { access: accessTokenValidity, id: idTokenValidity, refresh: refreshTokenValidity }),
  ]);
  const implicit = options.implicitGrantReason !== undefined;
  const client = defineClient(scope, userPool, options, new UserPoolClient(scope, 'Resource', {
    ...commonProps(scope, userPool, options),
    ...signInProps(options),
    generateSecret: kind.confidential,
    enablePropagateAdditionalUserContextData: kind.enablePropagateAdditionalUserContextData,
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: implicit },
      scopes: oauthScopes(options.scopes),
      callbackUrls: options.callbackUrls,
      logoutUrls: options.logoutUrls,
    },
    accessTokenValidity,
    idTokenValidity,
    refreshTokenValidity,
  }));
  wireSignIn(client, userPool, options, options.scopes);
  brandManagedLogin(scope, client, userPool, options.managedLoginBranding);
  if (implicit) cfnClient(client).addMetadata(METADATA_KEY, { implicitGrantReason: options.implicitGrantReason });
  return client;
}

/** Defines a client whose users sign in without the pages of a domain. */
export function defineSdkClient(scope: Construct, options: SdkClientOptions): UserPoolClient {
  const { userPool } = options;
  const id = scope.node.id;
  const accessTokenValidity = options.accessTokenValidity ?? Duration.minutes(60);
  const idTokenValidity = options.idTokenValidity ?? Duration.minutes(60);
  const refreshTokenValidity = options.refreshTokenValidity ?? Duration.days(30);
  failAt([
    ...checkChangeable(`client "${id}"`, scope, userPool),
    ...checkDisplayName(options.clientName),
    ...checkSignIn(id, options),
    ...checkValidities(id, { access: accessTokenValidity, id: idTokenValidity, refresh: refreshTokenValidity }),
  ]);
  const client = new UserPoolClient(scope, 'Resource', {
    ...commonProps(scope, userPool, options),
    ...signInProps(options),
    generateSecret: options.generateSecret ?? false,
    disableOAuth: true,
    accessTokenValidity,
    idTokenValidity,
    refreshTokenValidity,
  });
  wireSignIn(client, userPool, options, []);
  return client;
}

/** What a client without OAuth is given. */
interface SdkClientOptions extends CommonClientOptions, SignInOptions {
  readonly userPool: IUserPool;
  readonly authFlows: AuthFlow;
  readonly generateSecret?: boolean;
}

function commonProps(scope: Construct, userPool: IUserPool, options: CommonClientOptions) {
  return {
    userPool,
    userPoolClientName: options.clientName ?? toDisplayName(scope.node.id, MAX_CLIENT_NAME_CHARACTERS),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
  };
}

function defineClient(scope: Construct, userPool: IUserPool, options: AppClientOptions, client: UserPoolClient): UserPoolClient {
  // Without a list Cognito also allows SDK sign-in, whose ID tokens open methods without scopes.
  cfnClient(client).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  const registry = UserPoolRegistry.of(scope);
  for (const each of options.scopes) registry.orderAfterServer(client, userPool, each);
  noteUse(options.scopes);
  registry.domainOf(userPool);
  registry.addOwnClient(cfnClient(client));
  const subject = `client "${scope.node.id}"`;
  failAtSynth(scope, () => {
    warnOfMissingDomain(scope, subject, userPool);
    warnOfDeprecatedScopes(scope, subject, [userPool], options.scopes.map(({ fullName }) => fullName));
    return registry.checkScopes(subject, [userPool], undeclared(options.scopes), false);
  });
  return client;
}

function cfnClient(client: UserPoolClient): CfnUserPoolClient {
  return client.node.defaultChild as CfnUserPoolClient;
}

function oauthScopes(scopes: readonly Scope[]): OAuthScope[] {
  return scopes.map(({ fullName }) => OAuthScope.custom(fullName));
}

/** Checks what clients of all kinds have, whether they are declared here or not. */
export function checkCommon(scope: Construct, userPool: IUserPool, options: Pick<AppClientOptions, 'clientName' | 'scopes'>): Problem[] {
  const id = scope.node.id;
  const names = options.scopes.map(({ fullName }) => fullName);
  return [
    ...checkDisplayName(options.clientName),
    ...checkClientScopes(id, names),
    ...options.scopes.flatMap((each) => checkPool(id, userPool, each)),
  ];
}

function checkDisplayName(name: string | undefined): Problem[] {
  return name === undefined || Token.isUnresolved(name) ? [] : checkClientName(name);
}

function checkPool(client: string, userPool: IUserPool, scope: Scope): Problem[] {
  const other = scope.resourceServer?.userPool;
  if (other === undefined || isSameUserPool(other, userPool)) return [];
  return [{
    code: 'ScopeOfOtherPool',
    subject: `client "${client}"`,
    wrong: 'lists a scope of another user pool',
    got: scope.fullName,
    expected: `scopes of resource servers of user pool "${userPool.node.path}"`,
    fix: 'remove the scope, or add the client to its resource server',
  }];
}

/** The URLs with what only deployment knows replaced, so that it counts but is not checked. */
function withStandIns(urls: readonly string[]): string[] {
  const standIn = 'https://known-at-deployment.example.com';
  return Token.isUnresolved(urls) ? [standIn] : urls.map((url) => (Token.isUnresolved(url) ? standIn : url));
}

function checkUrls(client: string, options: UserClientOptions): Problem[] {
  return [
    ...checkCallbackUrls(client, withStandIns(options.callbackUrls)),
    ...checkLogoutUrls(client, withStandIns(options.logoutUrls ?? [])),
  ];
}

/** Checks durations; the CDK needs their values when it makes the template. */
function checkValidities(client: string, validities: { readonly [use in 'access' | 'id' | 'refresh']?: Duration }): Problem[] {
  const entries = Object.entries(validities);
  const known = entries.filter(([, duration]) => !duration.isUnresolved());
  return [
    ...checkTokenValidities(client, Object.fromEntries(known.map(([use, duration]) => [use, duration.toSeconds({ integral: false })]))),
    ...entries.filter((entry) => !known.includes(entry)).map(([use]): Problem => ({
      code: 'TokenValidityRange',
      subject: `${use} token validity of client "${client}"`,
      wrong: 'is known only at deployment',
      got: '<token>',
      expected: 'a duration that is known at synthesis',
      fix: 'write it as a number, such as Duration.minutes(60)',
    })),
  ];
}

function checkImplicitGrant(client: string, options: UserClientOptions): Problem[] {
  if (options.implicitGrantReason === undefined || options.implicitGrantReason.trim() !== '') return [];
  return [{
    code: 'ImplicitGrantReason',
    subject: `implicit grant of client "${client}"`,
    wrong: 'has no reason',
    expected: 'a few words on why the code grant with PKCE is impossible',
    fix: 'state the reason, or remove implicitGrantReason',
  }];
}
