import { ProblemError } from '../model/problem';
import { ANYTHING, FUNCTION, isObject, listOf, objectOf, oneOf, STRING, typeOf, type Shape } from '../model/shape';

const TOKEN = { user: STRING, use: oneOf('access', 'id') };
/** `fetch` sends any other object without a class as the text `[object Object]`. */
const BODY: Shape = {
  expected: 'a text or another body of fetch',
  faults: (value, place) => (isPlain(value)
    ? [{ place, wrong: 'has the wrong type', got: typeOf(value), expected: 'a text such as JSON.stringify makes, or another body of fetch' }] : []),
};
/** What `fetch` itself takes, and checks (Fetch standard, `RequestInit`; `dispatcher` is that of Node.js). */
const FETCH = {
  body: BODY,
  ...Object.fromEntries([
    'cache', 'credentials', 'dispatcher', 'duplex', 'headers', 'integrity', 'keepalive', 'method', 'mode', 'priority', 'redirect', 'referrer',
    'referrerPolicy', 'signal', 'window',
  ].map((member) => [member, ANYTHING])),
};

/** What the methods of `SandboxServer` take, by the name of the argument. */
const SHAPES = {
  client: STRING,
  route: STRING,
  scopes: listOf(STRING),
  tokenOptions: objectOf({}, TOKEN),
  request: objectOf({}, { ...FETCH, ...TOKEN, as: STRING, scopes: listOf(STRING), api: STRING, stage: STRING }),
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
  // A hyphen would wait for the standard input of the program that runs the tests.
  if (typeof path === 'string' && path !== '' && path !== '-') return path;
  throw new ProblemError([{
    code: 'ArgumentKind',
    subject: 'assembly of SandboxServer.start',
    wrong: 'has the wrong type',
    got: path === '' ? '<an empty text>' : path === '-' ? path : typeOf(assembly),
    expected: 'the path of a cloud assembly or template, or what app.synth() returned',
    fix: 'pass the path, such as "cdk.out"',
  }]);
}

/** A list, or an object that is of no class. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
