import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionError } from './host-protocol';
import { functionErrorOf } from './thrown-value';

/** A handler as Lambda calls it. */
export type Handler = (event: unknown, context: object, callback: (error?: unknown, result?: unknown) => void) => unknown;

/** Module and export of a handler name: everything to the first full stop, and what is behind it. */
const HANDLER = /^([^.]*)\.(.+)$/;
/** The order in which Lambda's Node.js runtime looks (aws/aws-lambda-nodejs-runtime-interface-client). */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/**
 * Loads the handler `dir/file.export` from `folder`, a real path, in the way of Lambda's Node.js runtime.
 *
 * `.js` is an ES module only where a `package.json` of the folder says so; what lies above the folder is not deployed.
 */
export async function loadHandler(folder: string, name: string): Promise<Handler | FunctionError> {
  const [, moduleName, exportName] = HANDLER.exec(basename(name)) ?? [];
  if (moduleName === undefined || name.split('/').includes('..')) {
    return { type: 'Runtime.MalformedHandlerName', message: `bad handler name "${name}"; expected a module and an export, such as index.handler` };
  }
  const path = join(folder, dirname(name), moduleName);
  const file = EXTENSIONS.map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    return { type: 'Runtime.ImportModuleError', message: `cannot find module "${join(dirname(name), moduleName)}" in the code of the function` };
  }
  let loaded: unknown;
  try {
    treatPackagesAsDeployed(folder);
    loaded = isModule(file, folder) ? await import(pathToFileURL(file).href) : nodeModule.createRequire(file)(file);
  } catch (error) {
    return loadError(error);
  }
  // The runtime looks into the default export too.
  const handler = memberOf(loaded, exportName) ?? memberOf(memberOf(loaded, 'default'), exportName);
  if (handler === undefined) return { type: 'Runtime.HandlerNotFound', message: `${name} is undefined or not exported` };
  if (typeof handler !== 'function') return { type: 'Runtime.HandlerNotFound', message: `${name} is not a function` };
  return handler as Handler;
}

function memberOf(value: unknown, path: string): unknown {
  return path.split('.').reduce((each, name) => (each as { [name: string]: unknown } | null | undefined)?.[name], value);
}

function isModule(file: string, folder: string): boolean {
  return file.endsWith('.mjs') || (file.endsWith('.js') && packageType(dirname(file), folder) === 'module');
}

/** The `type` of the nearest `package.json` within the folder. */
function packageType(from: string, folder: string): string | undefined {
  for (let at = from; at === folder || at.startsWith(folder + sep); at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { type?: string }).type ?? 'commonjs';
    } catch {
      // No package.json here, or none that can be read.
    }
  }
  return undefined;
}

/**
 * Makes `require` take `.js` of the folder as CommonJS unless a `package.json` of the folder says otherwise.
 *
 * Assets lie below the application, whose own `package.json` may say `"type": "module"`. It is not deployed.
 */
function treatPackagesAsDeployed(folder: string): void {
  const { _extensions: extensions } = nodeModule as unknown as { _extensions: Extensions };
  const original = extensions['.js'];
  extensions['.js'] = (module, file) => {
    if (!file.startsWith(folder + sep) || packageType(dirname(file), folder) !== undefined) original(module, file);
    else module._compile(readFileSync(file, 'utf8'), file, 'commonjs');
  };
}

/** What Node.js loads a file with, by its extension; undocumented and kept stable for the loaders of many tools. */
interface Extensions {
  [extension: string]: (module: { _compile(source: string, file: string, format?: string): void }, file: string) => void;
}

function loadError(error: unknown): FunctionError {
  const { type, message } = functionErrorOf(error);
  const { code } = Object(error) as { code?: unknown };
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    const hint = /'@aws-sdk\//.test(message) ? ' (Lambda has the AWS SDK; here it must be installed in the project)' : '';
    return { type: 'Runtime.ImportModuleError', message: message.split('\n')[0] + hint };
  }
  return { type: type === 'SyntaxError' ? 'Runtime.UserCodeSyntaxError' : type, message };
}
