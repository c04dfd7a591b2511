import type { Command, CommandArgument, CommandOption, OptionValues } from './command';
import type { CliIo } from './io';
import { SANDBOX, TOKEN } from './sandbox-commands';
import { textOptions, wantsColour } from './terminal';
import { explain } from '../analysis/explain';
import { findClient, findMethod, type Found } from '../analysis/find';
import { buildMatrix } from '../analysis/matrix';
import { ANONYMOUS } from '../analysis/matrix-data';
import { renderExplanationText } from '../analysis/render-explanation-text';
import { renderMatrixJson } from '../analysis/render-matrix-json';
import { renderMatrixText } from '../analysis/render-matrix-text';
import { writeAccessModel } from '../model/model-json';
import { ProblemError, type Problem } from '../model/problem';
import { VERBS } from '../model/route';

const PATH: CommandArgument = {
  name: 'PATH', description: 'cloud assembly, template file (JSON or YAML), or - for standard input', default: 'cdk.out',
};

const OUTPUT_OPTIONS: readonly CommandOption[] = [
  { flags: '--format <format>', description: 'how to write the answer', choices: ['text', 'json'], default: 'text' },
  { flags: '--output <file>', description: 'write the answer to a file' },
  { flags: '--no-color', description: 'write without colours (also: NO_COLOR)' },
];

/** The commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'matrix',
    summary: 'show who can call what',
    arguments: [PATH],
    options: OUTPUT_OPTIONS,
    examples: ['protected-api matrix', 'protected-api matrix template.yaml --format json --output matrix.json', 'cat template.json | protected-api matrix -'],
    async run({ io, args: [path], options, model }) {
      const matrix = buildMatrix(await model(path));
      return { output: options.format === 'json' ? renderMatrixJson(matrix) : [renderMatrixText(matrix, terminalOf(io, options))], exitCode: 0 };
    },
  },
  {
    name: 'can',
    summary: 'answer whether a client can call a route, and why',
    arguments: [
      { name: 'CLIENT', description: `name or id of a client, or "${ANONYMOUS}" for a caller without a token` },
      { name: 'ROUTE', description: 'verb and path, such as "GET /photos/{id}" or "GET /photos/7", or the id of a method' },
      PATH,
    ],
    options: [{ flags: '--api <api>', description: 'name or id of the API, where several answer the route' }, ...OUTPUT_OPTIONS],
    words: joinRoute,
    examples: ['protected-api can NightlyExport "GET /photos"', 'protected-api can anonymous "GET /health" template.yaml --format json'],
    async run({ io, args: [wanted, route, path], options, model: read }) {
      const model = await read(path);
      const client = wanted === ANONYMOUS ? { found: undefined } : findClient(model, wanted);
      const method = findMethod(model, route, options.api);
      const problems = [...problemsOf(client).map(orAnonymous), ...problemsOf(method)];
      if (!('found' in client) || !('found' in method)) throw new ProblemError(problems);
      const explanation = explain(model, client.found, method.found.method, method.found.route);
      const text = options.format === 'json'
        ? `${JSON.stringify(explanation, null, 2)}\n`
        : renderExplanationText(explanation, terminalOf(io, options));
      return { output: [text], exitCode: explanation.verdict === 'allow' ? 0 : 1 };
    },
  },
  {
    name: 'model',
    summary: 'write what the answers are read from, as JSON',
    arguments: [PATH],
    options: OUTPUT_OPTIONS.filter(({ flags }) => flags.startsWith('--output')),
    examples: ['protected-api model --output deployed.model.json'],
    async run({ args: [path], model }) {
      return { output: [writeAccessModel(await model(path))], exitCode: 0 };
    },
  },
  SANDBOX,
  TOKEN,
];

/** A route without quotes is two words: `can NightlyExport GET /photos`. */
function joinRoute([client, verb, path, ...rest]: readonly string[]): string[] {
  const split = path?.startsWith('/') && (VERBS as readonly string[]).includes(verb.toUpperCase());
  return split ? [client, `${verb} ${path}`, ...rest] : [client, verb, path, ...rest].filter((word) => word !== undefined);
}

function terminalOf(io: CliIo, { color, output }: OptionValues) {
  return textOptions(output === undefined ? io : { env: io.env }, color !== false && wantsColour(io, output !== undefined));
}

/** Who asks for no client may mean a caller without a token. */
function orAnonymous(problem: Problem): Problem {
  return problem.code === 'ClientUnknown' ? { ...problem, fix: `${problem.fix}, or with "${ANONYMOUS}"` } : problem;
}

function problemsOf(found: Found<unknown>): readonly Problem[] {
  return 'problems' in found ? found.problems : [];
}
