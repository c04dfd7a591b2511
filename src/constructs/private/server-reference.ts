import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkDuplicateScopes } from '../../model/client-rules';
import type { ResourceServerManifest } from '../../model/manifest';
import type { Problem } from '../../model/problem';
import { checkFullScopeNameLength, checkIdentifier, checkScopeName, MAX_SCOPES_PER_SERVER } from '../../model/scope-grammar';
import { Scope } from '../scope';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';
import { failAtArguments } from './arguments';
import { failAt, failAtSynth } from './problems';
import { checkLateIdentifier } from './server-checks';
import { markReference } from './template-metadata';
import { unknownScopeName, type ScopeSource } from './unknown-scope';
import { UserPoolRegistry } from './user-pool-registry';

/** A resource server that is declared elsewhere. */
export class ServerReference extends Construct implements IScopedResourceServer {
  public readonly scopesKnown: boolean;
  private readonly source: ScopeSource;
  private readonly declared = new Map<string, Scope>();

  public constructor(
    scope: Construct, id: string,
    public readonly identifier: string, public readonly userPool: IUserPool, scopeNames?: readonly string[], manifest?: ResourceServerManifest,
  ) {
    super(scope, id);
    failAt([
      ...(Token.isUnresolved(identifier) ? [] : checkIdentifier(identifier)),
      ...(scopeNames ?? []).flatMap((name) => this.checkName(name)),
      ...checkNumber(`resource server "${this.node.path}"`, scopeNames ?? []),
    ]);
    this.scopesKnown = scopeNames !== undefined;
    this.source = manifest === undefined ? 'attributes' : 'manifest';
    for (const name of scopeNames ?? []) this.declared.set(name, Scope._of(this, name));
    for (const { name, description, deprecated } of manifest?.scopes ?? []) {
      const details = { description, deprecated: deprecated && { ...deprecated, replacedBy: external(deprecated.replacedBy) } };
      this.declared.set(name, Scope._of(this, name, details));
    }
    UserPoolRegistry.of(this).addReference(this, this.source);
    markReference(this);
    failAtSynth(this, () => checkLateIdentifier(this, userPool.stack.resolve(identifier)));
  }

  public get scopes(): Scope[] {
    return [...this.declared.values()];
  }

  public scope(name: string): Scope {
    failAtArguments('scopeName', `scope of resource server "${this.node.path}"`, { name });
    const known = this.declared.get(name);
    if (known !== undefined) return known;
    failAt(this.checkName(name));
    if (!this.scopesKnown) return Scope._of(this, name);
    throw unknownScopeName(this, name, this.source);
  }

  private checkName(name: string): Problem[] {
    const problems = checkScopeName(name);
    return problems.length > 0 || Token.isUnresolved(this.identifier) ? problems : checkFullScopeNameLength(this.identifier, name);
  }
}

function checkNumber(subject: string, scopeNames: readonly string[]): Problem[] {
  const problems = checkDuplicateScopes(subject, scopeNames);
  return scopeNames.length <= MAX_SCOPES_PER_SERVER ? problems : [...problems, {
    code: 'ScopesPerServer',
    subject,
    wrong: 'has too many scopes in scopeNames',
    got: `${scopeNames.length} scopes`,
    expected: `at most ${MAX_SCOPES_PER_SERVER}, a limit of Cognito that cannot be raised`,
    fix: 'list the scopes that it declares',
  }];
}

function external(fullName: string | undefined): Scope | undefined {
  return fullName === undefined ? undefined : Scope.external(fullName);
}
