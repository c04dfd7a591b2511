import { observedAnswers, observedScopes, promisedAnswers, promisedScopes, type Answers } from './answers';
import { bootstrap, DeployedApp } from './cdk-cli';
import { DeployedModel } from './deployed-model';
import { MINISTACK, startMinistack, type Emulator } from './ministack';
import { describeWith } from './python-tools';
import { physicalIds } from './stacks';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

describeWith(MINISTACK, 'examples, deployed by the CDK CLI to ministack 1.5.33', (python) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startMinistack(python);
    await bootstrap(emulator);
  });
  afterAll(async () => emulator?.stop());

  test.each(['two-pools', 'shared-pool', 'partner-m2m'])('%s answers every client, and a caller without a token, as the matrix says', async (example) => {
    await expectAnswers(new DeployedApp(emulator, example), `examples/${example}/app.ts`);
  });

  test('the app that knows the shared pool from a manifest does too, and goes before the platform does', async () => {
    const platform = await physicalIds(emulator, 'Platform');
    const userPoolId = [...platform!.entries()].find(([id]) => id.startsWith('CatalogUserPool'))![1];
    const orders = new DeployedApp(emulator, 'orders');
    await expectAnswers(orders, 'examples/shared-pool/orders-app.ts', {
      userPoolArn: `arn:aws:cognito-idp:${emulator.region}:${emulator.account}:userpool/${userPoolId}`,
    });
    await orders.destroy();
    expect(await physicalIds(emulator, 'Orders')).toBeUndefined();
    expect(await physicalIds(emulator, 'Platform')).toBeDefined();
  });

  /** Deploys an app, and calls every method of it with every token of every client. */
  async function expectAnswers(app: DeployedApp, file: string, context?: Record<string, string>): Promise<void> {
    await app.deploy(file, context);
    const model = modelFromTemplates(loadTemplates(app.assembly));
    const matrix = buildMatrix(model);
    const deployed = await DeployedModel.read(emulator, model);
    const tokens = await deployed.tokens();
    expect(tokens.size).toBe(model.clients.length);
    expect(observedScopes(tokens)).toEqual(promisedScopes(deployed));
    expect(withoutKnownDifference(matrix, await observedAnswers(matrix, deployed, tokens))).toEqual(promisedAnswers(matrix));
  }
});

/** The emulator takes access tokens too where a method has no scopes (docs/conformance.md, excluded). */
function withoutKnownDifference({ methods }: Matrix, answers: Answers): Answers {
  const routes = methods.filter(({ access }) => access.kind === 'idToken').map(({ verb, path }) => `${verb} ${path}`);
  const withoutAccess = (answer: string) => ({ 'access and id': 'id', 'access': 'denied' })[answer] ?? answer;
  return Object.fromEntries(Object.entries(answers).map(([route, cells]) => [route, !routes.includes(route) ? cells
    : Object.fromEntries(Object.entries(cells).map(([client, answer]) => [client, withoutAccess(answer)]))]));
}
