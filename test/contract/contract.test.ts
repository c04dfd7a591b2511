import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agrees, allResults, faultsOf, renderConformance, type Results } from './conformance';
import { contractModel } from './contract-model';
import { closeImplementations, IMPLEMENTATIONS, readContractModel } from './implementations';
import { SCENARIOS } from './scenarios';
import type { AccessModel } from '../../src/model/access-model';

/** User pools make their keys, and passwords are hashed as slowly as they should be. */
jest.setTimeout(60_000);

afterAll(closeImplementations);

describe.each(IMPLEMENTATIONS)('$name', ({ answer, excludes }) => {
  test.each(SCENARIOS.filter((scenario) => excludes(scenario) === undefined))('$verb $path: $name', async (scenario) => {
    expect(scenario.expected).toMatchObject(await answer(scenario));
  });
});

describe('sandbox', () => {
  const { answer, excludes } = IMPLEMENTATIONS.find(({ name }) => name === 'sandbox')!;

  test.each(SCENARIOS.filter((scenario) => excludes(scenario) !== undefined))('answers otherwise than expected, or it would not be excluded: $name', async (scenario) => {
    expect(agrees(await answer(scenario), scenario.expected)).toBe(false);
  });
});

describe('the table', () => {
  test('names each scenario once', () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
  });

  test('has scenarios for every access of the model, allowed and denied', () => {
    const verdicts = (kind: string) => SCENARIOS.filter(({ expected }) => 'reason' in expected && expected.reason === kind).length;
    const reasons = [
      'public', 'scopeMatched', 'idTokenAccepted', 'apiKeyAccepted', 'iamAccepted', 'noRoute', 'noToken', 'unverifiableToken', 'otherUserPool',
      'updatedIssuer', 'audienceMismatch', 'expiredToken', 'accessTokenRequired', 'idTokenRequired', 'scopeMissing', 'scopeNeverMatches', 'apiKeyRequired', 'iamRequired',
    ];
    expect(reasons.filter((reason) => verdicts(reason) === 0)).toEqual([]);
  });

  test('is about every method and every client of the template', () => {
    const model = contractModel(false);
    const clients = SCENARIOS.map(({ credentials: { token } }) => (typeof token === 'object' ? token.client : undefined));
    expect(model.clients.filter(({ name }) => !clients.includes(String(name)))).toEqual([]);
    const answering = SCENARIOS.map(({ expected }) => (expected.verdict === 'allow' ? expected.method : undefined));
    const routes = model.methods.map(({ verb, path }) => `${String(verb)} ${String(path)}`);
    // Nothing opens these: the scope email, the updated issuer, an audience that no token has for certain, a Lambda function, a scope that is taken away.
    expect(routes.filter((route) => !answering.includes(route)).sort()).toEqual(['GET /bound', 'GET /custom', 'GET /email', 'GET /entitled', 'GET /modern']);
  });

  test('an answer with another verdict, reason or method does not agree', () => {
    const { expected } = SCENARIOS.find(({ name }) => name === 'a path variable')!;
    expect(agrees({ verdict: 'allow', reason: 'scopeMatched', method: 'GET /photos/{id}' }, expected)).toBe(true);
    expect(agrees({ verdict: 'deny' }, expected)).toBe(false);
    expect(agrees({ verdict: 'allow', method: 'GET /photos' }, expected)).toBe(false);
    expect(agrees({ verdict: 'allow', status: 403 }, expected)).toBe(false);
  });
});

describe('the contract template', () => {
  test.each(['true', 'false'] as const)('reads as the model that was written by hand, with Retired %s', (retired) => {
    expect(essence(readContractModel({ Retired: retired }))).toEqual(essence(contractModel(retired === 'true')));
  });

  /** Without what the model by hand leaves out, and methods named after their routes. */
  function essence(model: AccessModel) {
    const { userPools, resourceServers, clients, apis, authorizers, methods } = model;
    const byText = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    return {
      userPools: userPools.map(({ id, origin, issuer, tokenTrigger, triggerScopes }) => ({ id, origin, issuer, tokenTrigger, triggerScopes })),
      resourceServers: resourceServers.map(({ id, userPool, identifier, scopes }) => (
        { id, userPool, identifier, scopes: scopes.map((scope) => ('name' in scope ? scope.name : scope)) }
      )),
      clients,
      apis,
      authorizers: authorizers.map(({ id, api, kind, userPools: pools, audience }) => ({ id, api, kind, pools, audience })),
      methods: methods
        .map(({ verb, path, access, apiKeyRequired, integration }) => ({ verb, path, access, apiKeyRequired, integration }))
        .sort(byText),
    };
  }
});

describe('docs/conformance.md', () => {
  let all: Results[];
  beforeAll(async () => { all = await allResults(); });

  test('is up to date; `npm run generate` writes it', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'conformance.md'), 'utf8')).toBe(renderConformance(all));
  });

  test('shows no failure and no scenario without a result', () => {
    expect(all.flatMap((each) => faultsOf(each).map((fault) => `${each.implementation}: ${fault}`))).toEqual([]);
  });

  test('a missing, an unknown and a failed scenario are faults', () => {
    const [first, second] = SCENARIOS;
    expect(faultsOf({ implementation: 'x', results: { [first.name]: 'fail', gone: 'pass' } }, [first, second]))
      .toEqual([`no result: ${second.name}`, 'no such scenario: gone', `fail: ${first.name}`]);
  });
});
