import { largeTemplate, type LargeTemplate } from './large-template';
import { median, time } from './measure';
import { buildMatrix } from '../src/analysis/matrix';
import { renderMatrixJson } from '../src/analysis/render-matrix-json';
import { modelFromTemplates } from '../src/template/read-access-model';

/** What one process measured. */
export interface MatrixRun {
  /** Milliseconds from the text of the template to the text of the matrix as the command line writes it. */
  readonly whole: number;
  /** Milliseconds of `JSON.parse` of the template plus `JSON.stringify` of the matrix. */
  readonly floor: number;
  readonly allowed: number;
  /** Largest resident set of the process. */
  readonly megabytes: number;
}

const WARM_UP = 3;
const ROUNDS = 9;

const [methods, clients, scopes] = process.argv.slice(2).map(Number);
const identifiers = process.argv[5] as LargeTemplate['identifiers'];
const template = largeTemplate({ methods, clients, scopes, identifiers });
const matrixOf = () => buildMatrix(modelFromTemplates({ templates: [{ stack: 'large', template: JSON.parse(template), environment: {} }] }));
const matrix = matrixOf();
const write = () => {
  let characters = 0;
  for (const chunk of renderMatrixJson(matrixOf())) characters += chunk.length;
  return characters;
};
for (let round = 0; round < WARM_UP; round++) write();

const rounds = Array.from({ length: ROUNDS }, () => ({
  whole: time(write),
  floor: time(() => JSON.parse(template)) + time(() => JSON.stringify(matrix)),
}));
const result: MatrixRun = {
  whole: median(rounds.map(({ whole }) => whole)),
  floor: median(rounds.map(({ floor }) => floor)),
  allowed: matrix.allowed.length,
  megabytes: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(result));
