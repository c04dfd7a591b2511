import { observedScopes } from './answers';
import { bootstrap, DeployedApp } from './cdk-cli';
import { expectPromised, readDeployment, type Deployment } from './deployment';
import { EXAMPLES, type Example, type ExampleApp } from './example-changes';
import { ExampleCopy } from './example-copy';
import { MINISTACK, startMinistack, type Emulator } from './ministack';
import { describeWith } from './python-tools';
import { outputs, physicalIds, stacksIn } from './stacks';

describeWith(MINISTACK, 'examples, deployed by the CDK CLI to ministack 1.5.33', (python) => {
  let emulator: Emulator;
  let copy: ExampleCopy;
  beforeAll(async () => {
    emulator = await startMinistack(python);
    await bootstrap(emulator);
    copy = new ExampleCopy(emulator);
  });
  afterAll(async () => emulator?.stop());

  describe.each(EXAMPLES)('$name', (example: Example) => {
    let apps: DeployedApp[];
    let last: Deployment[];
    beforeAll(() => { apps = example.apps.map(({ file }) => new DeployedApp(emulator, file.replaceAll('/', '-'))); });

    test('every method answers every client, and a caller without a token, as the matrix says', async () => {
      last = await deploy();
      for (const deployment of last) await expectPromised(deployment);
    });

    test.each(example.changes)('so it is after an update that $title', async ({ edits, come, go }) => {
      const before = last;
      edits.forEach((edit) => copy.edit(edit));
      last = await deploy();
      for (const deployment of last) await expectPromised(deployment);
      const added = [...carried(last)].filter((scope) => !carried(before).has(scope));
      const gone = [...carried(before)].filter((scope) => !carried(last).has(scope));
      expect({ come: added, go: gone }).toEqual({ come, go });
      expect(clientIds(last)).toEqual(clientIds(before));
    });

    test('destroying it, the last app first, leaves no stack', async () => {
      const stacks = apps.flatMap(({ assembly }) => stacksIn(assembly));
      expect(stacks).not.toHaveLength(0);
      for (const app of [...apps].reverse()) await app.destroy();
      expect(await Promise.all(stacks.map((stack) => physicalIds(emulator, stack)))).toEqual(stacks.map(() => undefined));
    });

    async function deploy(): Promise<Deployment[]> {
      for (const [number, { file, prepare, context }] of example.apps.entries()) {
        if (prepare !== undefined) await apps[number].run(copy.path(prepare));
        await apps[number].deploy(copy.path(file), context && await contextOf(context));
      }
      return Promise.all(apps.map((app) => readDeployment(emulator, app)));
    }
  });

  async function contextOf({ name, stack, output }: NonNullable<ExampleApp['context']>): Promise<Record<string, string>> {
    return { [name]: (await outputs(emulator, stack)).get(output)! };
  }
});

/** The scopes in any token. */
function carried(deployments: readonly Deployment[]): Set<string> {
  return new Set(deployments.flatMap(({ tokens }) => Object.values(observedScopes(tokens)).flatMap((each) => Object.values(each).flat())));
}

function clientIds(deployments: readonly Deployment[]): Record<string, string> {
  return Object.fromEntries(deployments.flatMap(({ deployed }) => deployed.model.clients.map(({ id }) => [id, deployed.physical(id)])));
}
