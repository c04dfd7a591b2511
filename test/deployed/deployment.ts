import { observedAnswers, promisedAnswers, type Answers } from './answers';
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

/**
 * What the matrix promises, as the emulator keeps it: on a method with the authorizer and no scopes it takes access tokens
 * too, where AWS takes ID tokens only.
 */
export function expectedAnswers({ matrix, tokens }: Deployment): Answers {
  const answers = promisedAnswers(matrix);
  for (const { verb, path } of matrix.methods.filter(({ access }) => access.kind === 'idToken')) {
    const cells = answers[`${verb} ${path}`];
    for (const { id, name } of matrix.principals.filter((principal) => tokens.has(principal.id))) {
      const uses = new Set(tokens.get(id)!.map(({ use }) => use));
      cells[name] = [cells[name] === 'denied' ? undefined : cells[name], ...uses].filter((use, position, all) => use && all.indexOf(use) === position).sort().join(' and ') || 'denied';
    }
  }
  return answers;
}
