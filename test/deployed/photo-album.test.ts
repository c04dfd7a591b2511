import { observedScopes, promisedAnswers, promisedScopes } from './answers';
import { call } from './calls';
import { bootstrap, DeployedApp } from './cdk-cli';
import { observe, readDeployment, type Deployment } from './deployment';
import { MINISTACK, startMinistack, type Emulator } from './ministack';
import { describeWith } from './python-tools';
import { physicalIds } from './stacks';

const STACK = 'PhotoAlbum';
const WRITE = 'https://myphotosapi.example.com/photos.write';

describeWith(MINISTACK, 'the photo album, deployed by the CDK CLI to ministack 1.5.33', (python) => {
  let emulator: Emulator;
  let album: DeployedApp;
  let first: Deployment;
  let second: Deployment;

  beforeAll(async () => {
    emulator = await startMinistack(python);
    await bootstrap(emulator);
    album = new DeployedApp(emulator, 'photo-album');
    await album.deploy();
    first = await readDeployment(emulator, album);
  });
  afterAll(async () => emulator?.stop());

  test('every method answers every client, and a caller without a token, as the matrix says', async () => {
    expect(first.matrix.methods).not.toHaveLength(0);
    expect(await observe(first)).toEqual(promisedAnswers(first.matrix));
  });

  test('the tokens of every client carry the scopes that the model says', () => {
    expect(observedScopes(first.tokens)).toEqual(promisedScopes(first.deployed));
  });

  test.each([['Album', true], ['NightlyExport', false]])('the handler reads from the claims of %s that it may write: %s', async (client, mayWrite) => {
    const { principals, methods } = first.matrix;
    const { id } = principals.find(({ name }) => name === client)!;
    const list = methods.find(({ verb, path }) => verb === 'GET' && path === '/photos')!;
    const { jwt } = first.tokens.get(id)!.find(({ use }) => use === 'access')!;
    const { status, body } = await call(emulator, first.deployed.method(list.id), jwt);
    expect({ status, mayWrite: JSON.parse(body).mayWrite }).toEqual({ status: 200, mayWrite });
  });

  test('when a client loses a scope, its new tokens follow, and tokens that it already has keep their scopes', async () => {
    await album.deploy('test/deployed/photo-album-reading-only.ts');
    second = await readDeployment(emulator, album);
    expect(await observe({ ...second, tokens: first.tokens })).toEqual(promisedAnswers(first.matrix));
    expect(await observe(second)).toEqual(promisedAnswers(second.matrix));
    expect(observedScopes(second.tokens)).toEqual(promisedScopes(second.deployed));
  });

  test('the client that loses a scope loses the methods of that scope, and nothing else changes', () => {
    const lost = first.matrix.methods.filter(({ access }) => access.scopes?.includes(WRITE)).map(({ verb, path }) => `${verb} ${path}`);
    const expected = Object.entries(promisedAnswers(first.matrix))
      .map(([route, answers]) => [route, lost.includes(route) ? { ...answers, Album: 'denied' } : answers]);
    expect(lost).not.toHaveLength(0);
    expect(promisedAnswers(second.matrix)).toEqual(Object.fromEntries(expected));
  });

  test('an update keeps the ids of the clients', () => {
    const ids = ({ deployed }: Deployment) => deployed.model.clients.map(({ id }) => deployed.physical(id));
    expect(ids(second)).toEqual(ids(first));
  });

  test('destroying leaves no stack', async () => {
    await album.destroy();
    expect(await physicalIds(emulator, STACK)).toBeUndefined();
  });
});
