import { ProblemError } from '../model/problem';
import { FUNCTION, isObject, listOf, objectOf, oneOf, STRING, typeOf, type Shape } from '../model/shape';

const TOKEN = { user: STRING, use: oneOf('access', 'id') };

/** What the methods of `SandboxServer` take, by the name of the argument. */
const SHAPES = {
  client: STRING,
  route: STRING,
  scopes: listOf(STRING),
  tokenOptions: objectOf({}, TOKEN),
  // Beside these it has what the `fetch` of Node.js takes, and checks.
  request: objectOf({}, { ...TOKEN, as: STRING, scopes: listOf(STRING), api: STRING, stage: STRING }, { open: true }),
  options: objectOf({}, { usersFile: STRING, integrations: listOf(STRING), clock: FUNCTION, onFunctionLog: FUNCTION, functionHost: STRING }),
} satisfies { readonly [argument: string]: Shape };

/**
 * Checks arguments, which JavaScript passes on as they are.
 *
 * @param of what takes them
 * @throws ProblemError `ArgumentKind`, with all that is wrong
 */
export function checkArguments(of: string, values: { readonly [argument in keyof typeof SHAPES]?: unknown }): void {
  const names = Object.keys(values) as (keyof typeof SHAPES)[];
  const faults = names.flatMap((name) => SHAPES[name].faults(values[name], name));
  if (faults.length === 0) return;
  throw new ProblemError(faults.map(({ place, ...fault }) => ({
    code: 'ArgumentKind', subject: `${place} of ${of}`, ...fault, fix: 'pass what the types of SandboxServer say',
  })));
}

/**
 * The path of an assembly, which is given by it or by what `app.synth()` returned.
 *
 * @throws ProblemError `ArgumentKind`
 */
export function assemblyPath(assembly: unknown): string {
  const path = isObject(assembly) ? assembly.directory : assembly;
  if (typeof path === 'string' && path !== '') return path;
  throw new ProblemError([{
    code: 'ArgumentKind',
    subject: 'assembly of SandboxServer.start',
    wrong: 'has the wrong type',
    got: path === '' ? '<an empty text>' : typeOf(assembly),
    expected: 'the path of a cloud assembly or template, or what app.synth() returned',
    fix: 'pass the path, such as "cdk.out"',
  }]);
}
