import { CommanderError } from 'commander';
import { COMMANDS } from './commands';
import type { CliIo } from './io';
import { buildProgram, type Invocation } from './program';
import { unknownCommand, usageProblem } from './usage-problem';
import { formatProblem, isProblemError, ProblemError } from '../model/problem';
import { loadTemplates } from '../template/load';
import { modelFromTemplates } from '../template/read-access-model';

/** Exit code where the command line or the input is wrong. */
const WRONG = 2;

/**
 * Runs one command line.
 *
 * @param argv the words behind the name of the program
 * @returns the exit code: 0 answered, 1 the answer is no or cannot be known, 2 the command line or the input is wrong
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  try {
    const invocations: Invocation[] = [];
    buildProgram(io, (invocation) => invocations.push(invocation)).parse(withoutHelpCommand(argv), { from: 'user' });
    return invocations.length > 0 ? await answer(invocations[0], io) : 0;
  } catch (error) {
    return fail(error, argv, io);
  }
}

/** `help matrix` is `matrix --help`. Help of what is no command is an error. */
function withoutHelpCommand(argv: readonly string[]): string[] {
  const [first, ...words] = argv.filter((word) => word !== '--');
  const name = first === 'help' ? words.find((word) => !word.startsWith('-')) : first;
  if (name !== undefined && !name.startsWith('-') && !COMMANDS.some((command) => command.name === name)) throw new ProblemError([unknownCommand(name)]);
  if (first !== 'help') return [...argv];
  return name === undefined ? ['--help'] : [name, '--help'];
}

async function answer({ command, args, options }: Invocation, io: CliIo): Promise<number> {
  const model = async (path: string) => {
    const stdin = path === '-' ? await io.readStdin() : '';
    return modelFromTemplates(loadTemplates(path, () => stdin));
  };
  const { output, exitCode } = await command.run({ io, args, options, model });
  if (options.output !== undefined) {
    io.writeFile(options.output, output);
  } else {
    for (const chunk of output) io.stdout(chunk);
  }
  return exitCode;
}

/** A problem is one line; only what nobody foresaw shows where it happened. */
function fail(error: unknown, argv: readonly string[], io: CliIo): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code !== 'commander.help') io.stderr(`${formatProblem(usageProblem(error, argv))}\n`);
    return WRONG;
  }
  const text = isProblemError(error) ? error.message : error instanceof Error ? error.stack ?? error.message : String(error);
  io.stderr(`${text}\n`);
  return WRONG;
}
