import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { DeclaredScopeName } from '../../declaration/access-declaration';
import { expectedNames } from '../../model/nearest';
import { ProblemError, type Problem } from '../../model/problem';
import { isStandardScope, splitFullScopeName } from '../../model/scope-grammar';
import { Scope } from '../scope';
import type { IScopedResourceServer } from '../scoped-resource-server-ref';
import { isSameUserPool } from './user-pool-key';

const STANDARD = [Scope.OPENID, Scope.EMAIL, Scope.PHONE, Scope.PROFILE, Scope.COGNITO_ADMIN];

/** The scopes that a declaration can name. */
export class DeclaredScopes {
  public constructor(private readonly servers: readonly IScopedResourceServer[], private readonly file: string) {}

  /** All scopes of a name: resource servers of several user pools may have one identifier. */
  public all(name: DeclaredScopeName, userPool?: IUserPool): Scope[] {
    if (typeof name !== 'string') return [Scope.external(name.external)];
    if (isStandardScope(name)) return STANDARD.filter(({ fullName }) => fullName === name);
    const parts = splitFullScopeName(name);
    const servers = this.servers.filter(({ identifier }) => identifier === parts?.identifier);
    const inPool = userPool === undefined ? servers : servers.filter((server) => isSameUserPool(server.userPool, userPool));
    if (servers.length === 0) throw new ProblemError([this.unknown(name)]);
    return (inPool.length === 0 ? servers : inPool).map((server) => server.scope(parts!.name));
  }

  /** The scopes of a client, each of one user pool. */
  public ofClient(names: readonly DeclaredScopeName[], userPool: IUserPool | undefined): Scope[] {
    return names.flatMap((name) => {
      const scopes = this.all(name, userPool);
      if (scopes.length > 1) throw new ProblemError([ambiguous(scopes[0].fullName)]);
      return scopes;
    });
  }

  private unknown(name: string): Problem {
    const known = [...this.servers.flatMap(({ scopes }) => scopes), ...STANDARD].map(({ fullName }) => fullName);
    return {
      code: 'ScopeUnknown',
      subject: this.file,
      wrong: 'names a scope of no resource server that it declares',
      got: name,
      expected: expectedNames(name, known, 'a declared scope'),
      fix: 'correct the name, or write it as external where another app declares it',
    };
  }
}

function ambiguous(fullName: string): Problem {
  return {
    code: 'DeclarationUserPool',
    subject: 'scope',
    wrong: 'is one of several user pools',
    got: fullName,
    expected: 'userPool, the user pool of the client',
    fix: 'add userPool to the client',
  };
}
