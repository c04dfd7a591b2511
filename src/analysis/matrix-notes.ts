import type { CallerGroup } from './callers';
import type { MatrixAllowed, MatrixNote, MatrixNoteKind } from './matrix-data';
import { textOf } from './matrix-names';
import { knownPools } from './method-candidates';
import { noteDeprecatedScopes } from './note-deprecated-scopes';
import { foreignScopeOf, noteForeignScopes } from './note-foreign-scopes';
import { noteSharedScopes } from './note-shared-scopes';
import { noteTokenTriggers } from './note-token-triggers';
import { noteUserPools, type Note } from './note-user-pools';
import type { AccessModel, Client, Entity, Method } from '../model/access-model';
import { METHOD_SCOPE_THAT_NEVER_MATCHES } from '../model/decide';
import { scopeStatus } from '../model/scope-status';
import { sameUserPool } from '../model/user-pools';
import { isKnown, type Value } from '../model/value';

/** Collects notes; one note of a kind and wording stands for all its subjects. */
class Notes {
  private readonly notes = new Map<string, { kind: MatrixNoteKind; note: string; subjects: Set<string> }>();

  public add(kind: MatrixNoteKind, subject: string, note: string): void {
    const key = `${kind}\n${note}`;
    const entry = this.notes.get(key);
    if (entry === undefined) this.notes.set(key, { kind, note, subjects: new Set([subject]) });
    else entry.subjects.add(subject);
  }

  public list(): MatrixNote[] {
    return [...this.notes].sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { kind, note, subjects }]) => ({ kind, subjects: [...subjects].sort(), note }));
  }
}

/** What a reader of the matrix must know beyond its cells. */
export function matrixNotes(
  model: AccessModel, callers: readonly CallerGroup[], methods: readonly Method[], allowed: readonly MatrixAllowed[],
): MatrixNote[] {
  const notes = new Notes();
  const clients = callers.flatMap((group) => group.clients);
  noteConditions(notes, model);
  for (const { subject, reason } of model.notRead ?? []) notes.add('notRead', subject, `is not read completely, and these answers may lack what it declares: ${reason}`);
  for (const { subject, value } of model.parameterDefaults ?? []) {
    notes.add('parameterDefault', subject, `is taken to have its default ${shortened(value)}; another value at deployment may change answers`);
  }
  for (const api of model.apis) {
    if (api.resourcePolicyDenies) notes.add('resourcePolicy', api.id, 'has a resource policy that denies everybody every call');
    else if (api.resourcePolicy) notes.add('resourcePolicy', api.id, 'has a resource policy, which API Gateway evaluates after the authorizer and these answers do not');
    if (api.private !== undefined) notes.add('privateApi', api.id, `is ${api.private === true ? '' : 'perhaps '}private: only interface VPC endpoints reach it`);
  }
  const note: Note = (kind, subject, text) => notes.add(kind, subject, text);
  noteUserPools(model, clients, note);
  noteTokenTriggers(model, callers, allowed, note);
  noteSharedScopes(model, methods, note);
  noteForeignScopes(model, methods, note);
  noteInactiveScopes(notes, model, clients);
  noteDeprecatedScopes(model, (subject, text) => note('deprecatedScope', subject, text));
  for (const method of methods) noteMethod(notes, method);
  noteUnobtainableScopes(notes, model, callers, methods);
  return notes.list();
}

/** Longer defaults are cut in notes. */
const SHOWN_CHARACTERS = 100;

function shortened(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}

/** A resource is open by a condition of the template, or by a transform or loop, whose reasons name them. */
function existence(reason: string): string {
  return /^the transform /.test(reason) ? 'may be changed or left out by a transform'
    : /^Fn::ForEach /.test(reason) ? 'is written by a loop' : 'exists only under a condition';
}

function noteConditions(notes: Notes, model: AccessModel): void {
  const entities: Entity[] = [
    ...model.userPools, ...model.domains, ...model.resourceServers, ...model.clients, ...model.apis, ...model.authorizers, ...model.methods,
  ];
  for (const { id, condition } of entities) {
    if (condition !== undefined) notes.add('condition', id, `${existence(condition.unknown)}: ${condition.unknown}`);
  }
}

function noteInactiveScopes(notes: Notes, model: AccessModel, clients: readonly Client[]): void {
  // Clients share scopes: each is looked up once per user pool.
  const seen = new Map<Value<string>, Map<Value<string>, boolean>>();
  for (const { id, userPool, scopes } of clients) {
    const ofPool = seen.get(userPool) ?? new Map<Value<string>, boolean>();
    seen.set(userPool, ofPool);
    for (const scope of scopes) {
      const inactive = ofPool.get(scope) ?? scopeStatus(model, userPool, scope) === 'inactive';
      ofPool.set(scope, inactive);
      if (!inactive) continue;
      notes.add('inactiveScope', id, `is granted ${textOf(scope)}, which its resource server no longer declares: tokens leave the scope out`);
    }
  }
}

function noteMethod(notes: Notes, method: Method): void {
  const { access } = method;
  if (method.apiKeyRequired === true && access.kind !== 'apiKey' && access.kind !== 'public') {
    notes.add('apiKey', method.id, 'demands an API key too; callers are judged as having one');
  }
  if (access.kind === 'lambda') {
    notes.add('lambdaAuthorizer', method.id, 'leaves the decision to a Lambda authorizer: unknown for every caller, listed once for the anonymous one');
  }
  if (access.kind === 'anyOf') {
    if (access.scopes.includes(METHOD_SCOPE_THAT_NEVER_MATCHES)) {
      notes.add('scopeNeverMatches', method.id, `lists the scope ${METHOD_SCOPE_THAT_NEVER_MATCHES}, which API Gateway matches with no token`);
    }
  }
  const { uncheckedScopes = [] } = access;
  // Where the access is not known, something may check them.
  if (uncheckedScopes.length > 0 && access.kind !== 'unknown') {
    notes.add('uncheckedScopes', method.id, `lists scopes that nothing checks: ${uncheckedScopes.map(textOf).join(', ')}`);
  }
}

/** Notes a method scope where it is certain that no client of the model carries it in a token for that method. */
function noteUnobtainableScopes(notes: Notes, model: AccessModel, callers: readonly CallerGroup[], methods: readonly Method[]): void {
  const carried = carriedScopes(callers);
  if (carried === undefined) return;
  for (const method of methods) {
    const { access } = method;
    if (access.kind !== 'anyOf') continue;
    const accepted = knownPools(model, method);
    const pools = accepted && [...carried]
      .filter(([pool]) => accepted.some((each) => sameUserPool(model, each, pool) !== false))
      .map(([, scopes]) => scopes);
    if (accepted === undefined || pools === undefined || pools.some(({ open }) => open)) continue;
    for (const scope of access.scopes) {
      if (!isKnown(scope) || scope === METHOD_SCOPE_THAT_NEVER_MATCHES || pools.some(({ scopes }) => scopes.has(scope))) continue;
      if (foreignScopeOf(model, accepted, scope) !== undefined) continue;
      notes.add('scopeUnobtainable', method.id, `accepts the scope ${scope}, which no client of its authorizer's user pools obtains in these templates`);
    }
  }
}

/** The scopes in access tokens of one user pool. */
interface CarriedScopes {
  readonly scopes: Set<string>;
  /** Whether tokens may carry others. */
  open: boolean;
}

/** The scopes in tokens by user pool; undefined where the pool of a token is not known. */
function carriedScopes(callers: readonly CallerGroup[]): Map<string, CarriedScopes> | undefined {
  const pools = new Map<string, CarriedScopes>();
  for (const { use, userPool, scopes } of callers.flatMap(({ tokens }) => tokens)) {
    if (use !== 'access') continue;
    if (!isKnown(userPool)) return undefined;
    const pool = pools.get(userPool) ?? { scopes: new Set(), open: false };
    pools.set(userPool, pool);
    for (const scope of scopes) {
      if (isKnown(scope)) pool.scopes.add(scope);
      else pool.open = true;
    }
  }
  return pools;
}
