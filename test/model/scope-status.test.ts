import * as fc from 'fast-check';
import { modelOf, server, userPool } from './entities';
import type { ResourceServer } from '../../src/model/access-model';
import { isExternalScope, scopeStatus, type ScopeStatus } from '../../src/model/scope-status';
import { isUnknown, type Value } from '../../src/model/value';

const WHY = { unknown: 'parameter of stack App' };
const expression = (text: string) => ({ ...WHY, expression: text });

function statusOf(scope: Value<string>, servers: readonly ResourceServer[] = [server()], pool: Value<string> = 'Pool'): string {
  const status: ScopeStatus = scopeStatus(modelOf({ resourceServers: servers }), pool, scope);
  return isUnknown(status) ? 'unknown' : status;
}

describe('scopeStatus', () => {
  test.each<[string, Value<string>, string]>([
    ['a standard scope', 'openid', 'standard'],
    ['the scope of SDK sign-in', 'aws.cognito.signin.user.admin', 'standard'],
    ['a scope of the server', 'photos/read', 'declared'],
    ['a scope that the server does not declare', 'photos/delete', 'inactive'],
    ['a scope in other letter case', 'photos/Read', 'inactive'],
    ['a scope of another identifier', 'orders/read', 'external'],
    ['a longer identifier', 'photos/v2/read', 'external'],
    ['a text without a slash', 'photos', 'external'],
    ['names that objects inherit', '__proto__/constructor', 'external'],
    ['nothing that is known', WHY, 'unknown'],
  ])('of %s', (_, scope, expected) => {
    expect(statusOf(scope)).toBe(expected);
  });

  test('splits at the last slash', () => {
    const servers = [server({ identifier: 'https://photos.example.com/v2', scopes: [{ name: 'read' }] })];
    expect(statusOf('https://photos.example.com/v2/read', servers)).toBe('declared');
    expect(statusOf('https://photos.example.com/v2/write', servers)).toBe('inactive');
    expect(statusOf('https://photos.example.com/read', servers)).toBe('external');
  });

  test.each<[string, Partial<ResourceServer>, string, string]>([
    ['is in another user pool', { userPool: 'Other' }, 'photos/read', 'external'],
    ['may be in another user pool and declares it', { userPool: WHY }, 'photos/read', 'external'],
    ['may be in another user pool and does not declare it', { userPool: WHY }, 'photos/delete', 'unknown'],
    ['exists under a condition', { condition: WHY }, 'photos/read', 'unknown'],
    ['has a scope that is not known', { scopes: [WHY] }, 'photos/delete', 'unknown'],
    ['has a scope that is not known, besides it', { scopes: [WHY, { name: 'read' }] }, 'photos/read', 'declared'],
    ['has a scope whose name is not known', { scopes: [{ name: WHY }] }, 'photos/delete', 'unknown'],
    ['has a scope with another beginning', { scopes: [{ name: expression('read.${App/Kind}') }] }, 'photos/delete', 'inactive'],
    ['has an identifier that is not known, and declares it', { identifier: WHY }, 'photos/read', 'external'],
    ['has an identifier that is not known, and does not declare it', { identifier: WHY }, 'photos/delete', 'unknown'],
    ['has an identifier with another end', { identifier: expression('${App/Host}/v2') }, 'photos/delete', 'external'],
    ['is external, and declares it', { origin: 'external' }, 'photos/read', 'declared'],
    ['is external, and may declare more', { origin: 'external' }, 'photos/delete', 'external'],
  ])('where the server %s', (_, members, scope, expected) => {
    expect(statusOf(scope, [server(members)])).toBe(expected);
  });

  test.each<[string, string, Partial<ResourceServer>, string]>([
    ['with the identifier of the server', '${App/Id}/read', { identifier: expression('${App/Id}') }, 'declared'],
    ['with the identifier of the server, undeclared', '${App/Id}/delete', { identifier: expression('${App/Id}') }, 'inactive'],
    ['with another identifier, and a name that the server declares', '${App/Other}/read', { identifier: 'photos' }, 'external'],
    ['with another identifier, and a name that the server may lack', '${App/Other}/delete', { identifier: 'photos' }, 'unknown'],
    ['with an identifier that begins otherwise', 'https://${App/Host}/delete', { identifier: 'photos' }, 'external'],
    ['with the name of the server', 'photos/${App/Name}', { scopes: [{ name: expression('${App/Name}') }] }, 'declared'],
    ['with another name', 'photos/${App/Name}', {}, 'unknown'],
    ['with a name that may hold a slash', 'photos/${App/Name}', { identifier: 'photos/v2' }, 'unknown'],
    ['that begins otherwise', 'photos/${App/Name}', { identifier: 'orders' }, 'external'],
    ['that may be anything', '${App/Scope}', {}, 'unknown'],
  ])('of an expression %s', (_, text, members, expected) => {
    expect(statusOf(expression(text), [server(members)])).toBe(expected);
  });

  test('of an expression that may be anything is external where there is no server', () => {
    expect(statusOf(expression('${App/Scope}'), [])).toBe('external');
  });

  test('is declared by one of two servers of one identifier', () => {
    expect(statusOf('photos/delete', [server(), server({ id: 'Second', scopes: [{ name: 'delete' }] })])).toBe('declared');
  });

  test('tells a text from an expression that looks like it', () => {
    const model = modelOf({ resourceServers: [server({ identifier: expression('${App/Id}') })] });
    expect(scopeStatus(model, 'Pool', expression('${App/Id}/delete'))).toBe('inactive');
    expect(scopeStatus(model, 'Pool', '${App/Id}/delete')).toEqual(WHY);
  });

  test('property: what is certain stays so whatever the unknown parts turn out to be', () => {
    const ids = ['photos', 'photos/v2', 'orders'];
    const names = ['read', 'write', 'v2/read'];
    const identifier = fc.constantFrom<Value<string>>(...ids, expression('${Id}'), expression('photos/${Part}'));
    const scopeName = fc.constantFrom<Value<string>>('read', 'write', expression('${Name}'));
    const anyServer = fc.record({ identifier, scopes: fc.array(fc.record({ name: scopeName }), { maxLength: 2 }) });
    const scope = fc.constantFrom<Value<string>>(
      'photos/read', 'photos/v2/read', 'orders/write',
      ...['${Id}/read', 'photos/${Name}', '${Id}/${Name}', 'photos/${Part}/read'].map(expression),
    );
    const values = fc.record({ Id: fc.constantFrom(...ids), Part: fc.constantFrom('v2', 'v3'), Name: fc.constantFrom(...names) });
    const seen = new Set<string>();
    fc.assert(fc.property(fc.array(anyServer, { maxLength: 2 }), scope, values, (servers, text, by) => {
      const fill = (value: Value<string>) => (
        isUnknown(value) ? value.expression!.replace(/\$\{(\w+)\}/g, (__, key: keyof typeof by) => by[key]) : value
      );
      // A scope name never holds a slash: no service would take it.
      fc.pre(!servers.some((each) => each.scopes.some(({ name }) => fill(name).includes('/'))));
      // Nor do two resource servers of one pool have one identifier.
      fc.pre(new Set(servers.map((each) => fill(each.identifier))).size === servers.length);
      const build = (of: (value: Value<string>) => Value<string>) => servers.map((each, position) => (
        server({ id: `S${position}`, identifier: of(each.identifier), scopes: each.scopes.map(({ name }) => ({ name: of(name) })) })
      ));
      const open = statusOf(text, build((value) => value));
      const closed = statusOf(fill(text), build(fill));
      seen.add(open);
      if (open === 'inactive') expect(closed).toBe('inactive');
      if (open === 'declared') expect(closed).toBe('declared');
      if (open === 'external') expect(['external', 'declared']).toContain(closed);
    }), { numRuns: 2000 });
    expect([...seen].sort()).toEqual(['declared', 'external', 'inactive', 'unknown']);
  });
});

test('a resource server of a declared pool may be one of a literal pool', () => {
  const model = modelOf({ userPools: [userPool(), userPool({ id: 'us-east-1_AbC', origin: 'external' })], resourceServers: [server()] });
  expect(scopeStatus(model, 'us-east-1_AbC', 'photos/delete')).toEqual({ unknown: 'whether resource server Server is in the same user pool cannot be known' });
  expect(scopeStatus(model, 'us-east-1_AbC', 'photos/read')).toBe('external');
});

describe('a scope of a method is external', () => {
  const isExternal = (scope: Value<string>, servers: readonly ResourceServer[] = [server()], pools: readonly string[] | undefined = ['Pool']) => (
    isExternalScope(modelOf({ userPools: [userPool(), userPool({ id: 'Other' })], resourceServers: servers }), pools, scope)
  );

  test('where no resource server of the templates has its identifier in one of the pools', () => {
    expect(['orders/read', 'photos', 'photos/v2/read'].map((scope) => isExternal(scope))).toEqual([true, true, true]);
    expect(isExternal('photos/read', [])).toBe(true);
    expect(isExternal('photos/read', [server()], ['Other'])).toBe(true);
    expect(isExternal('photos/read', [server({ origin: 'external' })])).toBe(true);
  });

  test('not where one has it, declares it or not, perhaps in another pool', () => {
    expect(['photos/read', 'photos/delete'].map((scope) => isExternal(scope))).toEqual([false, false]);
    expect(isExternal('photos/read', [server()], ['Other', 'Pool'])).toBe(false);
    expect(isExternal('photos/read', [server()], ['us-east-1_AbC'])).toBe(false);
    expect(isExternalScope(modelOf({ resourceServers: [server()] }), undefined, 'photos/read')).toBe(false);
    expect(isExternal('photos/read', [server({ identifier: expression('${App/Name}') })])).toBe(false);
    expect(isExternal('photos/read', [server({ userPool: expression('${App/Pool}') })])).toBe(false);
  });

  test('not where it is a standard scope or not known', () => {
    expect([isExternal('openid'), isExternal(expression('${App/Name}/read'))]).toEqual([false, false]);
  });
});
