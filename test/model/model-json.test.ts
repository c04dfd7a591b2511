import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { arbitraryModel } from './arbitrary-model';
import type { AccessModel } from '../../src/model/access-model';
import { canonicalModel, readAccessModel, writeAccessModel } from '../../src/model/model-json';
import { ProblemError } from '../../src/model/problem';

const EMPTY: AccessModel = {
  version: 1, userPools: [], domains: [], resourceServers: [], clients: [], apis: [], authorizers: [], methods: [],
};

const METHOD = { id: 'a', api: 'b', verb: 'GET', path: '/', access: { kind: 'public' }, apiKeyRequired: false };

/** A copy of a model in which one member or element, counted from the top, has another value, or is missing. */
function damage(model: AccessModel, position: number, replacement: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(model));
  const places: [any, string | number][] = [];
  const visit = (value: any): void => {
    for (const key of Object.keys(value)) {
      places.push([value, key]);
      if (typeof value[key] === 'object' && value[key] !== null) visit(value[key]);
    }
  };
  visit(copy);
  // The version has its own problem.
  const [target, key] = places.slice(1)[position % (places.length - 1)];
  if (replacement === undefined && !Array.isArray(target)) delete target[key];
  else target[key] = replacement ?? null;
  return copy;
}

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
    expect([...new Set(codesOf(json))]).toEqual(['ModelFormat']);
  });

  test.each([
    ['a later version', JSON.stringify({ ...EMPTY, version: 2 }), 'got 2;'],
    ['a version that is a text', JSON.stringify({ ...EMPTY, version: '1' }), 'has a version that is no number, got'],
    ['no version', '{}', 'got <none>;'],
  ])('fails with ModelVersion on %s', (_, json, shown) => {
    expect(codesOf(json)).toEqual(['ModelVersion']);
    expect(() => readAccessModel(json)).toThrow(shown);
  });

  test.each<[string, Partial<Record<keyof AccessModel, unknown>>, string]>([
    ['a list', { authorizers: 1 }, 'access model at authorizers has the wrong type, got <a number>; expected a list'],
    ['a missing list', { clients: undefined }, 'access model has no "clients"; expected a list'],
    ['a member', { domains: [{ id: 'a', userPool: 'b', domain: 'c', custom: 'yes' }] }, 'at domains[0].custom has the wrong type, got <a string>; expected a boolean'],
    ['a word', { userPools: [{ id: 'a', origin: 'declared', issuer: 'orignal' }] }, 'at userPools[0].issuer is none of the known values, got "orignal"; expected "original"'],
    ['a member below', { methods: [{ ...METHOD, access: { kind: 'anyOf', authorizer: 'b', scopes: ['x', 7] } }] },
      'at methods[0].access.scopes[1] has the wrong type, got <a number>; expected a string'],
    ['an empty list of scopes', { methods: [{ ...METHOD, access: { kind: 'anyOf', authorizer: 'b', scopes: [] } }] },
      'at methods[0].access.scopes has too few elements, got 0; expected at least 1'],
    ['an access', { methods: [{ ...METHOD, access: { kind: 'allOf' } }] }, 'at methods[0].access.kind is none of the known values, got "allOf"; expected "anyOf"'],
    ['an access that is none', { methods: [{ ...METHOD, access: 'public' }] }, 'at methods[0].access has the wrong type, got <a string>; expected an object'],
    ['a reason', { methods: [{ ...METHOD, path: { unknown: 'parameter', expression: 1 } }] }, 'at methods[0].path.expression has the wrong type, got <a number>; expected a string'],
  ])('names the place of %s that is wrong', (_, members, expected) => {
    expect(() => readAccessModel(JSON.stringify({ ...EMPTY, ...members }))).toThrow(`[ModelFormat] ${expected.startsWith('at ') ? 'access model ' : ''}${expected}`);
  });

  test('takes members along that a later release adds', () => {
    const model = { ...EMPTY, clouds: [], methods: [{ ...METHOD, access: { kind: 'public', since: 1 }, tags: ['a'] }] };
    expect(readAccessModel(JSON.stringify(model)).methods).toEqual(model.methods);
  });

  test('property: refuses what the schema refuses, and nothing else', () => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/access-model.v1.json', 'utf8')));
    const verdicts = new Set<boolean>();
    fc.assert(fc.property(arbitraryModel(), fc.nat(), fc.constantFrom(undefined, null, 1, 'x', true, [], {}), (model, position, replacement) => {
      const damaged = damage(model, position, replacement);
      const accepted = codesOf(JSON.stringify(damaged)).length === 0;
      verdicts.add(accepted);
      expect([accepted, damaged]).toEqual([validate(damaged), damaged]);
    }), { numRuns: 1000 });
    expect(verdicts.size).toBe(2);
  });
});
