import type { Method } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool, UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Annotations, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Access } from './access';
import type { IAppClient } from './app-client';
import { MachineClient } from './machine-client';
import { MobileClient } from './mobile-client';
import type { ProblemCode } from '../model/problem-codes';
import { parseRoute, showRoute } from '../model/route';
import { failAtArguments } from './private/arguments';
import { checkConstructKey } from './private/construct-keys';
import { declarationAt, PlacedProblems } from './private/declaration-file';
import { DeclaredScopes } from './private/declared-scopes';
import { DeclaredUserPools } from './private/declared-user-pools';
import { authFlows, duration, signInOptions, userClientOptions } from './private/declared-values';
import { failAt, failAtSynth } from './private/problems';
import type { ProtectedApi } from './protected-api';
import type { RouteSettings } from './route-options';
import { Scope } from './scope';
import type { ScopeDeprecation } from './scope-deprecation';
import { ScopedResourceServer } from './scoped-resource-server';
import { SdkClient } from './sdk-client';
import { SpaClient } from './spa-client';
import { WebClient } from './web-client';
import type { AccessDeclaration, DeclaredClient, DeclaredDeprecation, DeclaredRoute } from '../declaration/access-declaration';
import { expectedNames } from '../model/nearest';
import { formatProblem, ProblemError } from '../model/problem';

/** Id of the warning about a declared route that no API has. */
const UNUSED_ROUTE = 'cdk-protected-api:declared-route-unused';

/** What can be asked of a declaration by name. */
interface DeclaredKind {
  /** What it is called in messages. */
  readonly what: string;
  /** The problem of a name that the declaration does not have. */
  readonly code: ProblemCode;
}

const KINDS = {
  server: { what: 'resource server', code: 'ResourceServerUnknown' },
  client: { what: 'client', code: 'ClientUnknown' },
  route: { what: 'route', code: 'RouteUnknown' },
} as const satisfies { readonly [kind: string]: DeclaredKind };

/** Properties of `DeclaredAccess`. */
export interface DeclaredAccessProps {
  /**
   * Path of the declaration: JSON or YAML, of the form of `schema/access-declaration.v1.json`. Relative paths begin at the
   * working directory.
   */
  readonly file: string;

  /**
   * The user pool of everything that names no other one.
   *
   * @default - a new user pool as that of `ScopedResourceServer`, if something needs it
   */
  readonly userPool?: IUserPool;

  /**
   * Further user pools, by the names that the declaration has for them in `userPool`.
   *
   * @default - none
   */
  readonly userPools?: { [name: string]: IUserPool };

  /**
   * What happens to the new user pool when it leaves the stack. Only without `userPool`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The domain of the new user pool. Only without `userPool`; add a domain to a given user pool itself.
   *
   * @default - a prefix that is unique to the stack, defined when the first client needs it
   */
  readonly domain?: UserPoolDomainOptions;
}

/**
 * Resource servers, clients and the access of routes, as a file states them.
 *
 * The file is read at synthesis. It makes the same constructs as code does, with the same checks and messages, those thrown at once
 * with the place in the file: `ResourceServers/<key>` and `Clients/<key>` below this construct, so that keys alone decide on
 * logical ids. Anchors, aliases and merge keys of YAML are refused, because what is granted should be read where it stands.
 *
 * @example
 * const declared = new DeclaredAccess(this, 'Access', { file: 'access.yaml' });
 * const api = new ProtectedApi(this, 'Api', { resourceServers: declared.resourceServers });
 * declared.addRoutes(api, { 'GET /photos': { handler: list }, 'GET /health': { handler: health } });
 */
export class DeclaredAccess extends Construct {
  /** The resource servers, in the order of the file. */
  public readonly resourceServers: ScopedResourceServer[];

  private readonly file: string;
  private readonly serversByKey: ReadonlyMap<string, ScopedResourceServer>;
  private readonly clientsByKey: ReadonlyMap<string, IAppClient>;
  private readonly routes: ReadonlyMap<string, Access>;
  private readonly used = new Set<string>();

  public constructor(scope: Construct, id: string, props: DeclaredAccessProps) {
    super(scope, id);
    failAtArguments('declaredAccess', `declaration "${id}"`, props);
    this.file = props.file;
    const declaration = declarationAt(props.file);
    const problems = new PlacedProblems(props.file);
    const pools = new DeclaredUserPools(this, props);
    this.serversByKey = this.defineServers(declaration, pools, problems);
    this.resourceServers = [...this.serversByKey.values()];
    const scopes = new DeclaredScopes(this.resourceServers, props.file);
    this.clientsByKey = this.defineClients(declaration, pools, scopes, problems);
    this.routes = accesses(declaration, scopes, problems);
    problems.fail();
    pools.warnOfUnusedProps();
    failAtSynth(this, () => {
      this.warnOfUnusedRoutes();
      return [];
    });
  }

  /**
   * Returns a resource server by its key in the file. Fails, and names the nearest, where there is none.
   *
   * @param key key of the resource server
   */
  public resourceServer(key: string): ScopedResourceServer {
    failAtArguments('declaredKey', `resource server of declaration "${this.node.id}"`, { key });
    return this.find(KINDS.server, key, this.serversByKey);
  }

  /** The clients, in the order of the file. */
  public get clients(): IAppClient[] {
    return [...this.clientsByKey.values()];
  }

  /**
   * Returns a client by its key in the file. Fails, and names the nearest, where there is none.
   *
   * @param key key of the client
   */
  public client(key: string): IAppClient {
    failAtArguments('declaredKey', `client of declaration "${this.node.id}"`, { key });
    return this.find(KINDS.client, key, this.clientsByKey);
  }

  /**
   * Returns what the file says that callers of a route need. Fails, and names the nearest, where it says nothing.
   *
   * @param route verb and path, such as `GET /photos/{id}`
   */
  public access(route: string): Access {
    failAtArguments('declaredRoute', `access of declaration "${this.node.id}"`, { route });
    const name = nameOf(route);
    const access = this.find(KINDS.route, name, this.routes);
    this.used.add(name);
    return access;
  }

  /**
   * Adds all routes of the file to an API, in the order of their names.
   *
   * Fails where a route of `settings` is not in the file, and where a route of the file has neither settings with a handler or
   * integration nor a default integration of the API.
   *
   * @param api the API
   * @param settings what routes have besides their access, by route
   */
  public addRoutes(api: ProtectedApi, settings: { [route: string]: RouteSettings } = {}): Method[] {
    failAtArguments('declaredRoutes', `addRoutes of declaration "${this.node.id}"`, { api, settings });
    const byRoute = new Map(Object.entries(settings).map(([route, each]) => [nameOf(route), each]));
    const problems = new PlacedProblems(this.file);
    for (const route of byRoute.keys()) problems.at('routes', () => this.find(KINDS.route, route, this.routes));
    // The CDK makes a new deployment of an API where the order of its methods changes.
    const methods = [...this.routes.keys()].sort().flatMap((route) => (
      problems.at(`route "${route}"`, () => api.addRoute(route, { ...byRoute.get(route), access: this.access(route) })) ?? []
    ));
    problems.fail();
    return methods;
  }

  private defineServers({ resourceServers = {} }: AccessDeclaration, pools: DeclaredUserPools, problems: PlacedProblems) {
    const parent = new Construct(this, 'ResourceServers');
    const servers = new Map<string, ScopedResourceServer>();
    for (const [key, { identifier, resourceServerName, userPool, scopes }] of Object.entries(resourceServers)) {
      const place = `resource server "${key}"`;
      const server = problems.at(place, () => {
        failAt(checkConstructKey(place, key, parent));
        return new ScopedResourceServer(parent, key, { identifier, resourceServerName, userPool: pools.of(userPool) });
      });
      if (server === undefined) continue;
      servers.set(key, server);
      for (const [name, declared] of Object.entries(scopes)) {
        const { description, deprecated } = typeof declared === 'string' ? { description: declared, deprecated: undefined } : declared;
        problems.at(place, () => server.addScope(name, description, { deprecated: deprecated && deprecationOf(deprecated) }));
      }
    }
    return servers;
  }

  private defineClients({ clients = {} }: AccessDeclaration, pools: DeclaredUserPools, scopes: DeclaredScopes, problems: PlacedProblems) {
    const parent = new Construct(this, 'Clients');
    const defined = new Map<string, IAppClient>();
    for (const [key, declared] of Object.entries(clients)) {
      const place = `client "${key}"`;
      const client = problems.at(place, () => {
        failAt(checkConstructKey(place, key, parent));
        const given = declared.userPool === undefined ? undefined : pools.of(declared.userPool);
        const resolved = declared.kind === 'sdk' ? [] : scopes.ofClient(declared.scopes, given);
        return defineClient(parent, key, declared, given ?? pools.ofScopes(resolved), resolved);
      });
      if (client !== undefined) defined.set(key, client);
    }
    return defined;
  }

  private find<T>({ code, what }: DeclaredKind, key: string, all: ReadonlyMap<string, T>): T {
    const found = all.get(key);
    if (found !== undefined) return found;
    throw new ProblemError([{
      code,
      subject: this.file,
      wrong: `declares no such ${what}`,
      got: key,
      expected: expectedNames(key, [...all.keys()], `a ${what}, but it declares none`),
      fix: 'correct the name, or declare it in the file',
    }]);
  }

  private warnOfUnusedRoutes(): void {
    const unused = [...this.routes.keys()].filter((route) => !this.used.has(route));
    for (const route of unused) {
      Annotations.of(this).addWarningV2(UNUSED_ROUTE, formatProblem({
        code: 'DeclaredRouteUnused',
        subject: `route "${route}" of ${this.file}`,
        wrong: 'is in no API of this app',
        expected: 'a use of each declared route',
        fix: 'add it with addRoutes or access(), or remove it from the file',
      }));
    }
  }
}

function defineClient(parent: Construct, key: string, declared: DeclaredClient, userPool: IUserPool, scopes: Scope[]): IAppClient {
  const { clientName } = declared;
  const common = { userPool, clientName, accessTokenValidity: duration('accessTokenValidity', declared.accessTokenValidity) };
  if (declared.kind === 'machine') return new MachineClient(parent, key, { ...common, scopes });
  if (declared.kind === 'sdk') {
    const { generateSecret } = declared;
    return new SdkClient(parent, key, { ...common, ...signInOptions(declared), authFlows: authFlows(declared.authFlows), generateSecret });
  }
  const props = { ...common, scopes, ...userClientOptions(declared) };
  switch (declared.kind) {
    case 'spa': return new SpaClient(parent, key, props);
    case 'mobile': return new MobileClient(parent, key, props);
    case 'web': return new WebClient(parent, key, { ...props, enablePropagateAdditionalUserContextData: declared.enablePropagateAdditionalUserContextData });
  }
}

/** The scope that takes the place of another one may be declared later: its name is checked when all is declared. */
function deprecationOf({ replacedBy, removeAfter, reason }: DeclaredDeprecation): ScopeDeprecation {
  return { replacedBy: replacedBy === undefined ? undefined : Scope.external(replacedBy), removeAfter, reason };
}

/** What routes need, by route as API Gateway has it. */
function accesses({ routes = {} }: AccessDeclaration, scopes: DeclaredScopes, problems: PlacedProblems): Map<string, Access> {
  const all = new Map<string, Access>();
  for (const [key, declared] of Object.entries(routes)) {
    const place = `route "${key}"`;
    const parsed = parseRoute(key);
    if ('problems' in parsed) problems.add(place, parsed.problems);
    const access = problems.at(place, () => accessOf(declared, scopes));
    if ('route' in parsed && access !== undefined) all.set(showRoute(parsed.route), access);
  }
  return all;
}

function accessOf(declared: DeclaredRoute, scopes: DeclaredScopes): Access {
  switch (declared) {
    case 'idToken': return Access.idToken();
    case 'iam': return Access.iam();
    case 'apiKey': return Access.apiKey();
    default: return 'public' in declared ? Access.public(declared.public) : Access.anyOf(...declared.anyOf.flatMap((name) => scopes.all(name)));
  }
}

/** A route in the writing of API Gateway; a text that is none as it is. */
function nameOf(route: string): string {
  const parsed = parseRoute(route);
  if ('problems' in parsed) failAt(parsed.problems);
  return 'route' in parsed ? showRoute(parsed.route) : route;
}
