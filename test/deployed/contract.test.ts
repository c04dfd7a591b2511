import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInvoker } from './aws-api';
import { ContractStack } from './contract-stack';
import { MINISTACK, startMinistack, type Emulator } from './ministack';
import { describeWith } from './python-tools';
import type { Credentials } from './sigv4';
import { agrees, DEPLOYED_RESULTS_PATH, type Results } from '../contract/conformance';
import { SCENARIOS, type Scenario } from '../contract/scenarios';

const CLIENT_TOKEN = 'ministack has no GetClientToken';
const UNDECIDED = 'a call has an outcome where templates do not decide';
const ACCESS_TOKENS = 'ministack takes access tokens on a method with the authorizer and no scopes; AWS takes ID tokens only';

/** Where the emulator is known to answer otherwise than AWS. A scenario that it answers right must not be here. */
const EXCLUDED: Readonly<Record<string, string>> = {
  'a user\'s access token on a method without scopes': ACCESS_TOKENS,
  'a machine\'s access token on a method without scopes': ACCESS_TOKENS,
  'the standard scope email': 'ministack matches the method scope email like any other; AWS was seen not to',
  'a client whose OAuth switch is off': 'ministack issues tokens whatever AllowedOAuthFlowsUserPoolClient says',
  'a scope that is no longer declared': 'ministack leaves a scope in tokens that its resource server no longer declares; Cognito leaves it out',
  'a token with the updated issuer': 'ministack issues tokens of one issuer whatever IssuerConfiguration says',
  'a token without the audience that an authorizer demands': 'ministack does not look at IdentityValidationExpression',
  'a machine\'s token by GetClientToken': CLIENT_TOKEN,
  'a machine\'s token by GetClientToken, without the scope': CLIENT_TOKEN,
};

/** What a call says nothing about. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'a user\'s token, whose request could name the audience': UNDECIDED,
  'a Lambda authorizer': UNDECIDED,
  'GetClientToken of a client that may not use it': CLIENT_TOKEN,
};

const results: Record<string, string> = {};

describeWith(MINISTACK, 'the contract table, over HTTP on ministack 1.5.33', (python) => {
  let emulator: Emulator;
  let invoker: Credentials;
  let stack: ContractStack;

  beforeAll(async () => {
    emulator = await startMinistack(python, { checksCredentials: true });
    invoker = await createInvoker(emulator);
  });
  afterAll(async () => emulator?.stop());

  describe.each(['false', 'true'] as const)('with Retired %s', (retired) => {
    const scenarios = SCENARIOS.filter(({ parameters }) => parameters.Retired === retired);
    const asked = scenarios.filter(({ name }) => !(name in NOT_ASKED));
    const [excluded, included] = [true, false].map((is) => asked.filter(({ name }) => name in EXCLUDED === is));

    beforeAll(async () => { stack = await ContractStack.deploy(emulator, { Retired: retired }, invoker); });

    test.each(included)('$verb $path: $name', async (scenario) => {
      const answer = await stack.answer(scenario);
      results[scenario.name] = agrees(answer, scenario.expected) ? 'pass' : `fail: ${JSON.stringify(answer)}`;
      expect(scenario.expected).toMatchObject(answer);
    });

    for (const { name } of scenarios.filter((scenario) => !asked.includes(scenario))) results[name] = `excluded: ${NOT_ASKED[name]}`;

    for (const scenario of excluded) {
      test(`differs from AWS in ${scenario.verb} ${scenario.path}: ${scenario.name} (${EXCLUDED[scenario.name]})`, async () => {
        results[scenario.name] = `excluded: ${EXCLUDED[scenario.name]}`;
        expect(agrees(await stack.answer(scenario), scenario.expected)).toBe(false);
      });
    }
  });

  test('the emulator checks signatures', async () => {
    const forger = await ContractStack.deploy(emulator, { Retired: 'false' }, { ...invoker, secret: 'guessed' });
    const scenario = SCENARIOS.find(({ credentials }) => credentials.iam)!;
    expect(await forger.answer(scenario)).toEqual({ verdict: 'deny', status: 403 });
  });

  test('every exclusion names a scenario', () => {
    expect([...Object.keys(EXCLUDED), ...Object.keys(NOT_ASKED)].filter((name) => !SCENARIOS.some((scenario) => scenario.name === name))).toEqual([]);
  });

  test('the recorded results are these; UPDATE_DEPLOYED_RESULTS=1 records them', () => {
    const observed: Results = { implementation: 'ministack 1.5.33', results: inOrder(SCENARIOS) };
    if (process.env.UPDATE_DEPLOYED_RESULTS) writeFileSync(DEPLOYED_RESULTS_PATH, `${JSON.stringify(observed, undefined, 2)}\n`);
    expect(existsSync(DEPLOYED_RESULTS_PATH) && JSON.parse(readFileSync(DEPLOYED_RESULTS_PATH, 'utf8'))).toEqual(observed);
  });
});

function inOrder(scenarios: readonly Scenario[]): Record<string, string> {
  return Object.fromEntries(scenarios.map(({ name }) => [name, results[name] ?? 'not run']));
}
