import { call } from './calls';
import type { DeployedModel, TokensByClient } from './deployed-model';
import { ANONYMOUS, type Matrix } from '../../src/analysis/matrix-data';
import { obtainableTokens } from '../../src/model/tokens';
import { showValue } from '../../src/model/value';

/**
 * What each method answers to each caller: the kind of token that opens it (`access`, `id`), `open` where none is
 * needed, `denied`, or `unknown` where the templates do not decide.
 */
export type Answers = Record<string, Record<string, string>>;

/** The scopes in each token of each client. */
export type Scopes = Record<string, Record<string, string[]>>;

/** What the matrix promises. */
export function promisedAnswers(matrix: Matrix): Answers {
  const pair = (principal: string, method: string) => (entry: { principal: string; method: string }) =>
    entry.principal === principal && entry.method === method;
  return table(matrix, (principal, method) => {
    if (matrix.allowed.some(pair(ANONYMOUS, method))) return 'open';
    if (matrix.unknown.some(pair(principal, method))) return 'unknown';
    return matrix.allowed.find(pair(principal, method))?.token ?? 'denied';
  });
}

/** What the deployed methods answer: every method is called with every token of every client, and without a token. */
export async function observedAnswers(matrix: Matrix, deployed: DeployedModel, tokens: TokensByClient): Promise<Answers> {
  const cells = new Map<string, string>();
  for (const { id: method } of matrix.methods) {
    const admits = async (jwt?: string) => (await call(deployed.emulator, deployed.method(method), jwt)).admitted;
    const open = await admits();
    for (const { id: principal } of matrix.principals) {
      const own = tokens.get(principal) ?? [];
      const answers = await Promise.all(own.map(({ jwt }) => admits(jwt)));
      const uses = [...new Set(own.filter((_, position) => answers[position]).map(({ use }) => use))].sort();
      const all = answers.every((answer) => answer);
      cells.set(`${principal} ${method}`, open && all ? 'open' : uses.join(' and ') || 'denied');
    }
  }
  return table(matrix, (principal, method) => cells.get(`${principal} ${method}`)!);
}

/** The tokens that clients can obtain, as the model knows it. */
export function promisedScopes({ model }: DeployedModel): Scopes {
  return Object.fromEntries(model.clients.map((client) => [client.id, Object.fromEntries(
    obtainableTokens(model, client).map(({ use, source, scopes }) => [`${use} token by ${source}`, scopes.map(showValue).sort()]),
  )]));
}

/** The tokens that the emulator issued. */
export function observedScopes(tokens: TokensByClient): Scopes {
  return Object.fromEntries([...tokens].map(([client, issued]) => [client, Object.fromEntries(
    issued.map(({ use, source, jwt }) => [`${use} token by ${source}`, scopesIn(jwt)]),
  )]));
}

function scopesIn(jwt: string): string[] {
  const { scope = '' } = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString()) as { scope?: string };
  return scope.split(' ').filter((name) => name !== '').sort();
}

function table(matrix: Matrix, cell: (principal: string, method: string) => string): Answers {
  return Object.fromEntries(matrix.methods.map((method) => [
    `${method.verb} ${method.path}`,
    Object.fromEntries(matrix.principals.map(({ id, name }) => [name, cell(id, method.id)])),
  ]));
}
