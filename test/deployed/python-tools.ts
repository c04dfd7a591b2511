import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A tool that pip installs into a virtual environment of its own. */
export interface PythonTool {
  /** Name of the folder in the cache; holds the version, so that another version gets another folder. */
  readonly folder: string;
  /** What pip installs, the tool first. */
  readonly requirements: readonly string[];
}

/** The interpreter that runs an installed tool, or why it cannot be installed here. */
export type Installed = { readonly python: string } | { readonly missing: string };

const OLDEST_PYTHON = '3.10';

/** Installs a tool on first use; finds it again afterwards. */
export function install(tool: PythonTool): Installed {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-protected-api');
  const folder = join(cache, tool.folder);
  if (works(folder, tool)) return { python: interpreter(folder) };
  const problem = pythonProblem();
  if (problem) return { missing: problem };

  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, `.${tool.folder}-`));
  try {
    const venv = run('python3', '-m', 'venv', fresh);
    if (venv.problem) return { missing: `python3 cannot make a virtual environment: ${venv.problem}` };
    const pip = run(interpreter(fresh), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...tool.requirements);
    if (pip.problem) return { missing: `pip cannot install ${tool.requirements.join(' ')}: ${pip.problem}` };
    return { python: interpreter(keep(fresh, folder, tool)) };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** `describe` where the tool is installed; elsewhere every test is skipped and says why. */
export function describeWith(tool: PythonTool, title: string, tests: (python: string) => void): void {
  const installed = install(tool);
  if ('python' in installed) {
    describe(title, () => tests(installed.python));
    return;
  }
  const reason = `skipped: ${installed.missing}`;
  process.stderr.write(`${title}: ${reason}\n`);
  describe.skip(`${title} (${reason})`, () => tests(''));
}

/** Another run may have installed the same tool in the meantime: a working one stays. */
function keep(fresh: string, folder: string, tool: PythonTool): string {
  if (works(folder, tool)) return folder;
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return folder;
}

function works(folder: string, tool: PythonTool): boolean {
  const [name] = tool.requirements[0].split('==');
  return existsSync(interpreter(folder))
    && run(interpreter(folder), '-c', `import importlib.metadata as m; m.version("${name}")`).problem === undefined;
}

function interpreter(folder: string): string {
  return join(folder, 'bin', 'python');
}

function pythonProblem(): string | undefined {
  const { problem, output } = run('python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])');
  if (problem) return `python3 does not run: ${problem}`;
  const [major, minor] = output.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_PYTHON.split('.').map(Number);
  const old = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return old ? `python3 is ${output}, older than ${OLDEST_PYTHON}` : undefined;
}

function run(command: string, ...args: string[]): { problem?: string; output: string } {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PYTHONNOUSERSITE: '1' } });
  if (error) return { problem: (error as NodeJS.ErrnoException).code === 'ENOENT' ? `no ${command} on the PATH` : error.message, output: '' };
  const lines = `${stdout}\n${stderr}`.trim().split('\n');
  return { problem: status === 0 ? undefined : lines[lines.length - 1] || `exit code ${status}`, output: stdout.trim() };
}
