import type { IUserPool, UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Annotations, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { expectedNames } from '../../model/nearest';
import { formatProblem, ProblemError, type Problem } from '../../model/problem';
import type { Scope } from '../scope';
import { checkDomain, defineDomain } from './domain';
import { failAt } from './problems';
import { secureUserPool } from './secure-user-pool';
import { UserPoolRegistry } from './user-pool-registry';

/** Id of the warning about properties of a new user pool where a declaration needs none. */
const UNUSED_PROPS = 'cdk-protected-api:user-pool-options-unused';

/** What an app says of the user pools of a declaration. */
interface UserPoolProps {
  readonly userPool?: IUserPool;
  readonly userPools?: { readonly [name: string]: IUserPool };
  readonly removalPolicy?: RemovalPolicy;
  readonly domain?: UserPoolDomainOptions;
}

/** The user pools that a declaration can name, and the one of what names none. */
export class DeclaredUserPools {
  private readonly named: ReadonlyMap<string, IUserPool>;
  private fallback?: IUserPool;

  public constructor(private readonly owner: Construct, private readonly props: UserPoolProps) {
    this.named = new Map(Object.entries(props.userPools ?? {}));
    this.fallback = props.userPool;
    failAt([...checkProps(props), ...(props.domain === undefined ? [] : checkDomain(props.domain))]);
  }

  /** The user pool of a name; without one, that of everything that names none, defined now where the app gives none. */
  public of(name: string | undefined): IUserPool {
    if (name === undefined) return this.fallback ??= this.define();
    const pool = this.named.get(name);
    if (pool !== undefined) return pool;
    throw new ProblemError([{
      code: 'DeclarationUserPool',
      subject: 'userPool',
      wrong: 'is none that the app gives',
      got: name,
      expected: expectedNames(name, [...this.named.keys()], 'no userPool'),
      fix: 'correct the name, or pass the user pool in userPools',
    }]);
  }

  /** The user pool of a client that names none: that of its scopes. */
  public ofScopes(scopes: readonly Scope[]): IUserPool {
    const server = scopes.find(({ resourceServer }) => resourceServer !== undefined)?.resourceServer;
    if (server !== undefined) return server.userPool;
    if (this.fallback !== undefined || this.named.size === 0) return this.of(undefined);
    throw new ProblemError([{
      code: 'DeclarationUserPool',
      subject: 'client',
      wrong: 'leaves open which user pool it belongs to',
      expected: 'a scope of a resource server of the file, or userPool',
      fix: 'add userPool to the client',
    }]);
  }

  /** Warns of properties of a new user pool where nothing of the declaration needed one. */
  public warnOfUnusedProps(): void {
    if (this.fallback !== undefined) return;
    for (const subject of givenOf(this.props)) {
      Annotations.of(this.owner).addWarningV2(UNUSED_PROPS, formatProblem({
        code: 'UserPoolOptions',
        subject,
        wrong: 'has no effect: nothing in the file needs a new user pool',
        expected: `${subject} only where the user pool is a new one`,
        fix: 'remove it, or set it on the user pools themselves',
      }));
    }
  }

  private define(): IUserPool {
    const { owner, props } = this;
    const pool = secureUserPool(owner, 'UserPool', props.removalPolicy ?? RemovalPolicy.RETAIN);
    UserPoolRegistry.of(owner).onDomainNeeded(pool, () => defineDomain(owner, 'Domain', pool, props.domain ?? {}));
    return pool;
  }
}

/** The given ones of the properties of a new user pool. */
function givenOf({ removalPolicy, domain }: UserPoolProps): string[] {
  return Object.entries({ removalPolicy, domain }).filter(([, value]) => value !== undefined).map(([name]) => name);
}

function checkProps(props: UserPoolProps): Problem[] {
  if (props.userPool === undefined) return [];
  return givenOf(props).map((subject): Problem => ({
    code: 'UserPoolOptions',
    subject,
    wrong: 'is given together with a user pool',
    expected: `${subject} only where the user pool is a new one`,
    fix: 'set it on the user pool itself',
  }));
}
