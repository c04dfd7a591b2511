import { textOf } from './matrix-names';
import { knownPools } from './method-candidates';
import type { AccessModel } from '../model/access-model';
import { deprecationOf, describeDeprecation } from '../model/deprecation';
import { isKnown, isUnknown, joinText, type Value } from '../model/value';

/** Notes each deprecated scope at the clients and methods that use it, or else at its resource server, if these templates declare it. */
export function noteDeprecatedScopes(model: AccessModel, note: (subject: string, text: string) => void): void {
  const deprecated = model.resourceServers.filter(({ scopes }) => scopes.some((scope) => !isUnknown(scope) && scope.deprecated !== undefined));
  if (deprecated.length === 0) return;
  const used = new Set<object>();
  const noteUse = (subject: string, verb: string, userPool: Value<string>, scope: Value<string>) => {
    const deprecation = deprecationOf(model, userPool, scope);
    if (deprecation === undefined) return;
    used.add(deprecation);
    note(subject, `${verb} ${textOf(scope)}, which ${describeDeprecation(deprecation)}`);
  };
  for (const { id, userPool, scopes } of model.clients) {
    for (const scope of scopes) noteUse(id, 'is granted', userPool, scope);
  }
  for (const method of model.methods) {
    if (method.access.kind !== 'anyOf') continue;
    for (const pool of knownPools(model, method) ?? []) {
      for (const scope of method.access.scopes) noteUse(method.id, 'accepts', pool, scope);
    }
  }
  for (const { id, identifier, scopes } of deprecated.filter(({ origin }) => origin === 'declared')) {
    for (const scope of scopes) {
      if (isUnknown(scope) || scope.deprecated === undefined || used.has(scope.deprecated)) continue;
      const fullName = isKnown(scope.name) ? joinText([identifier, '/', scope.name]) : scope.name;
      note(id, `declares ${textOf(fullName)}, which ${describeDeprecation(scope.deprecated)}; nothing in these templates uses it`);
    }
  }
}
