import * as fc from 'fast-check';
import { arbitraryModel } from './arbitrary-model';
import type { AccessModel } from '../../src/model/access-model';
import { canonicalModel, readAccessModel, writeAccessModel } from '../../src/model/model-json';
import { ProblemError } from '../../src/model/problem';

const EMPTY: AccessModel = {
  version: 1, userPools: [], domains: [], resourceServers: [], clients: [], apis: [], authorizers: [], methods: [],
};

function codesOf(json: string): string[] {
  try {
    readAccessModel(json);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('canonicalModel', () => {
  test('orders entities by id in the order of code units', () => {
    const pool = (id: string) => ({ id, origin: 'declared' as const, issuer: 'original' as const });
    const model = canonicalModel({ ...EMPTY, userPools: ['b', 'a', 'B', 'a/1', 'é', 'a0'].map(pool) });
    expect(model.userPools.map(({ id }) => id)).toEqual(['B', 'a', 'a/1', 'a0', 'b', 'é']);
  });

  test('orders the gateway responses of an API by response type', () => {
    const response = (responseType: string) => ({ responseType, parameters: {}, templates: {} });
    const model = canonicalModel({
      ...EMPTY,
      apis: [{
        id: 'App/Api',
        origin: 'declared',
        kind: 'rest',
        resourcePolicy: false,
        stages: [],
        gatewayResponses: ['UNAUTHORIZED', 'ACCESS_DENIED', 'DEFAULT_4XX'].map(response),
      }],
    });
    expect(model.apis[0].gatewayResponses.map(({ responseType }) => responseType)).toEqual(['ACCESS_DENIED', 'DEFAULT_4XX', 'UNAUTHORIZED']);
  });

  test('leaves the model that it was given as it was', () => {
    const userPools = Object.freeze(['b', 'a'].map((id) => ({ id, origin: 'declared' as const, issuer: 'original' as const })));
    canonicalModel({ ...EMPTY, userPools });
    expect(userPools.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('keeps the order of lists inside an entity', () => {
    const server = {
      id: 'App/Server', origin: 'declared' as const, userPool: 'App/Pool', identifier: 'photos', scopes: [{ name: 'write' }, { name: 'read' }],
    };
    expect(canonicalModel({ ...EMPTY, resourceServers: [server] }).resourceServers).toEqual([server]);
  });
});

describe('writeAccessModel', () => {
  test('ends with one line break and indents by two spaces', () => {
    expect(writeAccessModel(EMPTY)).toMatch(/^\{\n {2}"version": 1,\n[^]*\n\}\n$/);
  });

  test('property: writes the same text for the same entities in any order', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const reversed = { ...model, clients: [...model.clients].reverse(), methods: [...model.methods].reverse() };
      expect(writeAccessModel(reversed)).toBe(writeAccessModel(model));
    }));
  });
});

describe('readAccessModel', () => {
  test('property: reads what was written, in canonical order', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      expect(readAccessModel(writeAccessModel(model))).toEqual(canonicalModel(model));
    }), { numRuns: 300 });
  });

  test('property: writes again, byte for byte, what it has read', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const json = writeAccessModel(model);
      expect(writeAccessModel(readAccessModel(json))).toBe(json);
    }));
  });

  test('keeps names that objects inherit, lone surrogates and line separators', () => {
    const templates = JSON.parse('{"__proto__": "a", "constructor": "\\ud83d \\u2028"}');
    const model: AccessModel = {
      ...EMPTY,
      apis: [{
        id: '__proto__',
        origin: 'declared',
        kind: 'rest',
        resourcePolicy: false,
        stages: [],
        gatewayResponses: [{ responseType: 'UNAUTHORIZED', parameters: {}, templates }],
      }],
    };
    const [response] = readAccessModel(writeAccessModel(model)).apis[0].gatewayResponses;
    expect(Object.entries(response.templates)).toEqual([['__proto__', 'a'], ['constructor', '\ud83d \u2028']]);
  });

  test.each([
    ['no JSON', '{'],
    ['an empty text', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a string', '"model"'],
    ['a model without a list', JSON.stringify({ ...EMPTY, methods: undefined })],
    ['a list that is an object', JSON.stringify({ ...EMPTY, clients: {} })],
    ['an entity without an id', JSON.stringify({ ...EMPTY, clients: [{ name: 'x' }] })],
    ['an entity whose id is a number', JSON.stringify({ ...EMPTY, clients: [{ id: 1 }] })],
    ['a client without flows', JSON.stringify({ ...EMPTY, clients: [{ id: 'a', scopes: [] }] })],
    ['an authorizer whose user pools are no list', JSON.stringify({ ...EMPTY, authorizers: [{ id: 'a', userPools: 'b' }] })],
    ['an API without gateway responses', JSON.stringify({ ...EMPTY, apis: [{ id: 'a', stages: [] }] })],
    ['a method without access', JSON.stringify({ ...EMPTY, methods: [{ id: 'a' }] })],
    ['a method with an access of another kind', JSON.stringify({ ...EMPTY, methods: [{ id: 'a', access: { kind: 'allOf' } }] })],
    ['an any-of access without scopes', JSON.stringify({ ...EMPTY, methods: [{ id: 'a', access: { kind: 'anyOf' } }] })],
    ['an entity that is null', JSON.stringify({ ...EMPTY, clients: [null] })],
  ])('fails with ModelFormat on %s', (_, json) => {
    expect(codesOf(json)).toEqual(['ModelFormat']);
  });

  test.each([
    ['a later version', JSON.stringify({ ...EMPTY, version: 2 }), 'got 2;'],
    ['a version that is a text', JSON.stringify({ ...EMPTY, version: '1' }), 'has a version that is no number, got'],
    ['no version', '{}', 'got <none>;'],
  ])('fails with ModelVersion on %s', (_, json, shown) => {
    expect(codesOf(json)).toEqual(['ModelVersion']);
    expect(() => readAccessModel(json)).toThrow(shown);
  });

  test('names the list that is wrong', () => {
    expect(() => readAccessModel(JSON.stringify({ ...EMPTY, authorizers: 1 }))).toThrow(/^\[ModelFormat\] access model .*"authorizers"/);
  });
});
