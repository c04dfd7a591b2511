import { observedAnswers, observedScopes, promisedAnswers, promisedScopes, type Answers } from './answers';
import type { DeployedApp } from './cdk-cli';
import { DeployedModel, type TokensByClient } from './deployed-model';
import type { Emulator } from './ministack';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

/** A deployed app: what its templates promise, and what there is to call. */
export interface Deployment {
  readonly matrix: Matrix;
  readonly deployed: DeployedModel;
  readonly tokens: TokensByClient;
}

/** Reads what an app has deployed, and obtains new tokens for all its clients. */
export async function readDeployment(emulator: Emulator, app: DeployedApp): Promise<Deployment> {
  const model = modelFromTemplates(loadTemplates(app.assembly));
  const deployed = await DeployedModel.read(emulator, model);
  return { matrix: buildMatrix(model), deployed, tokens: await deployed.tokens() };
}

/** What all methods answer to the clients of a deployment. */
export async function observe({ matrix, deployed, tokens }: Deployment): Promise<Answers> {
  return observedAnswers(matrix, deployed, tokens);
}

/** Expects that every client obtains its tokens, and that every method answers every token as the matrix says. */
export async function expectPromised(deployment: Deployment): Promise<void> {
  const { deployed, tokens } = deployment;
  expect(tokens.size).toBe(deployed.model.clients.length);
  expect(observedScopes(tokens)).toEqual(promisedScopes(deployed));
  expect(await observe(deployment)).toEqual(expectedAnswers(deployment));
}

/**
 * What the matrix promises, as the emulator keeps it: on a method with the authorizer and no scopes it takes access tokens
 * too, where AWS takes ID tokens only.
 */
function expectedAnswers({ matrix, tokens }: Deployment): Answers {
  const answers = promisedAnswers(matrix);
  const idTokenRoutes = matrix.methods.filter(({ access }) => access.kind === 'idToken').map(({ verb, path }) => `${verb} ${path}`);
  for (const cells of idTokenRoutes.map((route) => answers[route])) {
    for (const { id, name } of matrix.principals) {
      const hasAccessToken = tokens.get(id)?.some(({ use }) => use === 'access') ?? false;
      if (hasAccessToken && cells[name] === 'id') cells[name] = 'access and id';
      if (hasAccessToken && cells[name] === 'denied') cells[name] = 'access';
    }
  }
  return answers;
}
