import { CfnUserPoolResourceServer, type IUserPool, type IUserPoolDomain, UserPoolDomain, type UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { MachineClient, type MachineClientOptions } from './machine-client';
import { MobileClient, type MobileClientOptions } from './mobile-client';
import { writeManifest } from '../model/manifest';
import { ProblemError, type Problem } from '../model/problem';
import { checkIdentifier, checkResourceServerName, fullScopeName, MAX_SCOPES_PER_SERVER, toDisplayName } from '../model/scope-grammar';
import { failAtArguments } from './private/arguments';
import { checkClientKey } from './private/construct-keys';
import { checkScopeDeprecation, declareDeprecation } from './private/deprecations';
import { checkDomain, checkExistingDomain, defineDomain, existingDomainUrl, isCustomDomain } from './private/domain';
import { checkDomains } from './private/domain-checks';
import { checkManagedLogin } from './private/managed-login';
import { manifestAt, manifestOf, userPoolOf } from './private/manifests';
import { checkPlainClients } from './private/plain-clients';
import { failAt, failAtSynth } from './private/problems';
import { secureUserPool } from './private/secure-user-pool';
import { checkDeclaredScope, checkFinishedServer } from './private/server-checks';
import { ServerReference } from './private/server-reference';
import { TemplateMetadata } from './private/template-metadata';
import { unknownScopeName } from './private/unknown-scope';
import { checkChangeable, regionOf } from './private/user-pool-place';
import { UserPoolRegistry } from './private/user-pool-registry';
import { Scope } from './scope';
import type { ScopeOptions } from './scope-deprecation';
import type { IScopedResourceServer } from './scoped-resource-server-ref';
import { SpaClient, type SpaClientOptions } from './spa-client';
import { WebClient, type WebClientOptions } from './web-client';

/** Properties of `ScopedResourceServer`. */
export interface ScopedResourceServerProps {
  /**
   * What the full names of all scopes begin with, such as `https://photos.example.com` or `photos`.
   *
   * 1 to 256 characters of printable ASCII without space, double quote and backslash. It cannot be changed later: a
   * new identifier replaces the resource server, and every scope gets another full name. A value that only deployment
   * knows is taken as it is; checks that need its text are then left to deployment.
   */
  readonly identifier: string;

  /**
   * Display name, 1 to 256 letters, digits, spaces and `_+=,.@-`.
   *
   * @default - the identifier, with other characters replaced by hyphens; the id of the construct where only deployment
   * knows the identifier
   */
  readonly resourceServerName?: string;

  /**
   * The user pool that issues the scopes, of the account and Region of the stack.
   *
   * @default - a new user pool: no self sign-up, passwords of at least 12 characters of four kinds, feature plan Essentials
   */
  readonly userPool?: IUserPool;

  /**
   * What happens to the new user pool when it leaves the stack.
   *
   * The user pool has deletion protection unless this is `DESTROY`. Only without `userPool`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The domain of the user pool: the host of the OAuth endpoints.
   *
   * A prefix (`cognitoDomain`) of 1 to 63 lower-case letters, digits and inner hyphens, without aws, amazon and cognito,
   * or a name of your own with a certificate in us-east-1 (`customDomain`). Several resource servers of one user pool
   * share its domain; only one of them may give it.
   *
   * The pages of sign-in are the classic ones unless `managedLoginVersion` is 2, which needs the feature plan Essentials
   * or Plus. Clients with users then get the look that managed login needs (`managedLoginBranding`).
   *
   * @default - for a new user pool, a prefix that is unique to the stack, defined when the first client needs it; for
   * a given user pool, the domain that was added to it with `addDomain`, if any
   */
  readonly domain?: UserPoolDomainOptions;

  /**
   * The domain that the given user pool has already, such as `UserPoolDomain.fromDomainName(this, 'Domain', 'my-prefix')`.
   *
   * No domain is defined then, and the OAuth URLs are of this one. A name with a dot is a custom domain, every other a
   * prefix. Only with `userPool`, and not with `domain`.
   *
   * @default - none
   */
  readonly existingDomain?: IUserPoolDomain;
}

/** What identifies a resource server that is declared elsewhere. */
export interface ScopedResourceServerAttributes {
  /** What the full names of its scopes begin with. */
  readonly identifier: string;

  /** The user pool that issues the scopes. */
  readonly userPool: IUserPool;

  /**
   * The names of its scopes, each the part of the full name behind the identifier and its slash.
   *
   * @default - unknown: `scope()` takes any name
   */
  readonly scopeNames?: string[];
}

/** A resource server that another app declares, as its manifest says. */
export interface ScopedResourceServerManifestAttributes {
  /** The text that `toManifest()` of the resource server returned in the app that declares it. */
  readonly manifest: string;

  /**
   * The user pool that issues the scopes.
   *
   * @default - the one that the manifest names; fails where it names none, because only deployment knew it
   */
  readonly userPool?: IUserPool;
}

/**
 * A Cognito resource server with its custom scopes and the clients that use them.
 *
 * Defines an `AWS::Cognito::UserPoolResourceServer` and, unless given, an `AWS::Cognito::UserPool`; an
 * `AWS::Cognito::UserPoolDomain` when the first client needs one.
 *
 * @example
 * const photos = new ScopedResourceServer(this, 'Photos', { identifier: 'https://photos.example.com' });
 * const read = photos.addScope('photos.read', 'View your photos');
 * photos.addMachineClient('NightlyExport', { scopes: [read] });
 */
export class ScopedResourceServer extends Construct implements IScopedResourceServer {
  /** Refers to a resource server that is declared elsewhere. Defines no resource. */
  public static fromAttributes(scope: Construct, id: string, attributes: ScopedResourceServerAttributes): IScopedResourceServer {
    failAtArguments('serverReference', `resource server "${id}"`, attributes);
    return new ServerReference(scope, id, attributes.identifier, attributes.userPool, attributes.scopeNames);
  }

  /**
   * Refers to a resource server of another app through its manifest. Defines no resource.
   *
   * All its scopes are known, with their descriptions and deprecations. Fails, with all that is wrong, for a text that is no
   * manifest of a version that this release knows.
   */
  public static fromManifest(scope: Construct, id: string, attributes: ScopedResourceServerManifestAttributes): IScopedResourceServer {
    failAtArguments('manifestReference', `resource server "${id}"`, attributes);
    const manifest = manifestAt(attributes.manifest);
    return new ServerReference(scope, id, manifest.identifier, userPoolOf(scope, id, manifest, attributes.userPool), [], manifest);
  }

  /** What the full names of all scopes begin with. */
  public readonly identifier: string;

  /** The user pool that issues the scopes. */
  public readonly userPool: IUserPool;

  /** True: the scopes are those that were added. */
  public readonly scopesKnown: boolean = true;

  private readonly declared = new Map<string, Scope>();
  private readonly clients: Construct;

  public constructor(scope: Construct, id: string, props: ScopedResourceServerProps) {
    super(scope, id);
    failAtArguments('resourceServer', `resource server "${id}"`, props);
    failAt([
      ...checkProps(props),
      ...(props.userPool === undefined ? [] : checkChangeable(`resource server "${this.node.path}"`, this, props.userPool)),
    ]);
    this.identifier = props.identifier;
    this.userPool = props.userPool ?? secureUserPool(this, 'UserPool', props.removalPolicy ?? RemovalPolicy.RETAIN);
    const resource = new CfnUserPoolResourceServer(this, 'Resource', {
      userPoolId: this.userPool.userPoolId,
      identifier: props.identifier,
      name: props.resourceServerName ?? toDisplayName(Token.isUnresolved(props.identifier) ? this.node.id : props.identifier),
      scopes: Lazy.any({
        produce: () => this.scopes.map(({ name, description }) => ({ scopeName: name, scopeDescription: description })),
      }, { omitEmptyArray: true }),
    });
    this.clients = new Construct(this, 'Clients');
    const registry = UserPoolRegistry.of(this);
    failAt([
      ...registry.addServer(this, resource),
      ...(props.domain === undefined ? [] : registry.addDomain(this, this.userPool, () => defineDomain(this, 'Domain', this.userPool, props.domain!))),
    ]);
    checkManagedLogin(this, this.userPool);
    failAtSynth(this, () => [...checkFinishedServer(this, resource), ...checkPlainClients(this), ...checkDomains(this)]);
    if (props.existingDomain !== undefined) this.useExistingDomain(props.existingDomain);
    if (props.userPool === undefined) registry.onDomainNeeded(this.userPool, () => defineDomain(this, 'Domain', this.userPool, {}));
  }

  /** The scopes that were added, in that order. */
  public get scopes(): Scope[] {
    return [...this.declared.values()];
  }

  /**
   * The domain of the user pool, defined now if no client needed it yet.
   *
   * Undefined for a given user pool of which the app knows no domain, or only one that is declared elsewhere.
   */
  public get domain(): UserPoolDomain | undefined {
    return UserPoolRegistry.of(this).domainOf(this.userPool);
  }

  /** URL at which clients obtain tokens (`/oauth2/token`). Fails where the app knows no domain of the user pool. */
  public get tokenUrl(): string {
    return `${this.domainUrl()}/oauth2/token`;
  }

  /** URL at which users begin to sign in (`/oauth2/authorize`). Fails where the app knows no domain of the user pool. */
  public get authorizeUrl(): string {
    return `${this.domainUrl()}/oauth2/authorize`;
  }

  /** Issuer of the tokens: the `iss` claim, and where the discovery document is found. Needs no domain. */
  public get issuerUrl(): string {
    return `https://cognito-idp.${regionOf(this.userPool)}.${Stack.of(this.userPool).urlSuffix}/${this.userPool.userPoolId}`;
  }

  /**
   * Declares a scope.
   *
   * @param name 1 to 256 characters of printable ASCII without space, double quote, backslash and slash, as a literal text;
   * together with the identifier and a slash at most 256
   * @param description what the scope allows, 1 to 256 characters
   * @param options what else can be said of it: that it is to go
   */
  public addScope(name: string, description: string, options: ScopeOptions = {}): Scope {
    failAtArguments('scopeDeclaration', `scope of resource server "${this.node.path}"`, { name, description, options });
    failAtArguments('scopeOptions', `scope "${name}"`, options);
    const { deprecated } = options;
    const fullName = fullScopeName(this.identifier, name);
    failAt([...this.checkScope(name, description), ...(deprecated === undefined ? [] : checkScopeDeprecation(fullName, name, deprecated))]);
    const scope = Scope._of(this, name, { description, deprecated, declared: true });
    this.declared.set(name, scope);
    if (deprecated !== undefined) declareDeprecation(this, this.node.defaultChild as CfnUserPoolResourceServer, scope);
    return scope;
  }

  /**
   * Writes what another app needs to use the scopes of this resource server, as versioned JSON in canonical order.
   *
   * Call it when all scopes are added, and pass the text to `fromManifest` in the other app: as a file, a package or whatever
   * both can read. Id and ARN of the user pool are part of it where they are literal. The identifier must be literal.
   * `schema/resource-server-manifest.v1.json` is its schema.
   */
  public toManifest(): string {
    return writeManifest(manifestOf(this));
  }

  public scope(name: string): Scope {
    failAtArguments('scopeName', `scope of resource server "${this.node.path}"`, { name });
    const scope = this.declared.get(name);
    if (scope === undefined) throw unknownScopeName(this, name, 'declared');
    return scope;
  }

  /**
   * Adds a client for a machine: client credentials grant, with a secret.
   *
   * @param id key of the client, unique among the clients of this resource server
   */
  public addMachineClient(id: string, options: MachineClientOptions): MachineClient {
    this.checkClientId(id);
    return new MachineClient(this.clients, id, { userPool: this.userPool, ...options });
  }

  /**
   * Adds a client for a web application with a server: code grant, with a secret.
   *
   * @param id key of the client, unique among the clients of this resource server
   */
  public addWebClient(id: string, options: WebClientOptions): WebClient {
    this.checkClientId(id);
    return new WebClient(this.clients, id, { userPool: this.userPool, ...options });
  }

  /**
   * Adds a client for a single-page application: code grant with PKCE, without a secret.
   *
   * @param id key of the client, unique among the clients of this resource server
   */
  public addSpaClient(id: string, options: SpaClientOptions): SpaClient {
    this.checkClientId(id);
    return new SpaClient(this.clients, id, { userPool: this.userPool, ...options });
  }

  /**
   * Adds a client for a mobile or desktop application: code grant with PKCE, without a secret.
   *
   * @param id key of the client, unique among the clients of this resource server
   */
  public addMobileClient(id: string, options: MobileClientOptions): MobileClient {
    this.checkClientId(id);
    return new MobileClient(this.clients, id, { userPool: this.userPool, ...options });
  }

  private useExistingDomain(domain: IUserPoolDomain): void {
    const registry = UserPoolRegistry.of(this);
    const known = registry.existingDomainOf(this.userPool) !== undefined;
    failAt(registry.addExistingDomain(this, this.userPool, domain));
    if (known || domain instanceof UserPoolDomain) return;
    const { userPoolId } = this.userPool;
    TemplateMetadata.of(this, this.userPool).addDomain(this, { userPool: userPoolId, domain: domain.domainName, custom: isCustomDomain(domain) });
  }

  private domainUrl(): string {
    const { domain } = this;
    if (domain !== undefined) return domain.baseUrl();
    const existing = UserPoolRegistry.of(this).existingDomainOf(this.userPool);
    if (existing !== undefined) return existingDomainUrl(this.userPool, existing);
    throw new ProblemError([{
      code: 'DomainMissing',
      subject: `user pool of resource server "${this.node.path}"`,
      wrong: 'has no domain that this app knows',
      expected: 'a domain, the host of the OAuth endpoints',
      fix: 'pass domain, or call addDomain on the user pool first',
    }]);
  }

  private checkScope(name: string, description: string): Problem[] {
    const problems = checkDeclaredScope(this.identifier, name, description);
    if (this.declared.has(name)) {
      problems.push({
        code: 'ScopeDuplicate',
        subject: `resource server "${this.node.path}"`,
        wrong: 'declares a scope twice',
        got: name,
        expected: 'each scope once',
        fix: 'remove one of the declarations, or use scope() to refer to the first',
      });
    }
    if (this.declared.size >= MAX_SCOPES_PER_SERVER) {
      problems.push({
        code: 'ScopesPerServer',
        subject: `resource server "${this.node.path}"`,
        wrong: 'declares too many scopes',
        got: `${this.declared.size + 1} scopes`,
        expected: `at most ${MAX_SCOPES_PER_SERVER}, a limit of Cognito that cannot be raised`,
        fix: 'use broader scopes or a second resource server',
      });
    }
    return problems;
  }

  private checkClientId(id: string): void {
    failAtArguments('clientKey', 'client', { id });
    failAt(checkClientKey(this.clients, id));
  }
}

function checkProps(props: ScopedResourceServerProps): Problem[] {
  const problems: Problem[] = [];
  if (!Token.isUnresolved(props.identifier)) problems.push(...checkIdentifier(props.identifier));
  if (props.resourceServerName !== undefined && !Token.isUnresolved(props.resourceServerName)) {
    problems.push(...checkResourceServerName(props.resourceServerName));
  }
  if (props.userPool !== undefined && props.removalPolicy !== undefined) {
    problems.push({
      code: 'UserPoolOptions',
      subject: 'removalPolicy',
      wrong: 'is given together with a user pool',
      expected: 'removalPolicy only where the user pool is a new one',
      fix: 'set it on the user pool itself',
    });
  }
  if (props.domain !== undefined) problems.push(...checkDomain(props.domain));
  if (props.existingDomain !== undefined) problems.push(...checkExistingDomain(props.existingDomain), ...checkUseOfExistingDomain(props));
  return problems;
}

function checkUseOfExistingDomain({ userPool, domain }: ScopedResourceServerProps): Problem[] {
  const subject = 'existingDomain';
  if (userPool === undefined) {
    return [{
      code: 'UserPoolOptions',
      subject,
      wrong: 'is given without a user pool',
      expected: 'existingDomain only where the user pool is a given one',
      fix: 'pass userPool, or domain for a new domain',
    }];
  }
  return domain === undefined ? [] : [{ code: 'DomainChoice', subject, wrong: 'is given together with domain', expected: 'one of them', fix: 'remove one of them' }];
}
