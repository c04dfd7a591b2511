import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisedAnswers, promisedScopes } from './answers';
import { bootstrap, DeployedApp } from './cdk-cli';
import { expectPromised, readDeployment, type Deployment } from './deployment';
import { MINISTACK, startMinistack, type Emulator } from './ministack';
import { describeWith } from './python-tools';
import { physicalIds, stacksIn } from './stacks';

/** The stacks under test; the assertions call endpoints of AWS, which an emulator is not. */
const STACKS = '*Integ';
const APPS = ['foreign', 'many', 'stacks'];

describeWith(MINISTACK, 'the stacks of integ/, deployed by the CDK CLI to ministack 1.5.33', (python) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startMinistack(python);
    await bootstrap(emulator);
  });
  afterAll(async () => emulator?.stop());

  describe.each(APPS)('integ.%s', (name) => {
    let app: DeployedApp;
    let deployment: Deployment;

    test('every method answers every client, and a caller without a token, as the matrix says', async () => {
      app = new DeployedApp(emulator, name);
      await app.deploy(`integ/integ.${name}.ts`, {}, STACKS);
      deployment = await readDeployment(emulator, app);
      await expectPromised(deployment);
    });

    test('the assertions expect of the probe what the matrix promises', () => {
      const expected = expectedOfProbe(app.assembly);
      expect(expected).not.toEqual({});
      expect(promisedTo(expected, deployment)).toEqual(expected);
    });

    test('destroying it leaves no stack', async () => {
      await app.destroy();
      const stacks = stacksIn(app.assembly);
      expect(await Promise.all(stacks.map((stack) => physicalIds(emulator, stack)))).toEqual(stacks.map(() => undefined));
    });
  });
});

/** Scopes, and the status of each route, by client. */
type ProbeAnswer = Record<string, Record<string, string[] | number>>;

/** What the assertions of a cloud assembly expect of its probe. */
function expectedOfProbe(assembly: string): ProbeAnswer {
  const file = readdirSync(assembly).find((name) => /DeployAssert[0-9A-F]{8}\.template\.json$/.test(name))!;
  const { Resources } = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  const invocation = Object.values<any>(Resources).find(({ Type }) => /Lambdainvoke$/i.test(Type));
  return JSON.parse(invocation.Properties.expected).$ObjectLike.Payload.$SerializedJson;
}

/** What the matrix promises for the same clients and routes. */
function promisedTo(expected: ProbeAnswer, { matrix, deployed }: Deployment): ProbeAnswer {
  const answers = promisedAnswers(matrix);
  const scopes = promisedScopes(deployed);
  return Object.fromEntries(Object.entries(expected).map(([name, cells]) => {
    const { id } = deployed.model.clients.find((client) => client.name === name)!;
    const [ofToken] = Object.values(scopes[id]);
    return [name, Object.fromEntries(Object.keys(cells).map((key) => [
      key, key === 'scopes' ? ofToken : answers[key][name] === 'access' ? 200 : 401,
    ]))];
  }));
}
