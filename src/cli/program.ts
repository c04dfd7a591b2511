import { Argument, Command as Program, CommanderError, Option } from 'commander';
import type { Command, OptionValues } from './command';
import { COMMANDS } from './commands';
import type { CliIo } from './io';
import { widthOf } from './terminal';
import { emptyArgument, emptyOption, repeatedOption, tooManyArguments } from './usage-problem';
import { ProblemError } from '../model/problem';

/** A command line as commander understood it. */
export interface Invocation {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: OptionValues;
}

const ENVIRONMENT = `
Environment:
  COLUMNS      width of the text; else that of the terminal, or 100
  NO_COLOR     no colours
  FORCE_COLOR  colours also where the output is no terminal`;

const EXIT_CODES = `
Exit codes:
  0  answered; of "can": yes
  1  of "can": no, or it cannot be known
  2  the command line or the input is wrong`;

/** The program of all commands. It prints help and versions, and hands any invocation over. */
export function buildProgram(io: CliIo, invoke: (invocation: Invocation) => void): Program {
  const program = configure(new Program('protected-api'), io)
    .description('Who can call what: OAuth 2.0 scopes of Cognito and API Gateway, read from CloudFormation templates')
    .usage('<command> [arguments]')
    .option('--version', 'show the version')
    .on('option:version', () => {
      io.stdout(`${io.version()}\n`);
      throw new CommanderError(0, 'commander.version', 'version');
    })
    // Behind a command, an option is one of that command.
    .enablePositionalOptions()
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', `${ENVIRONMENT}\n${EXIT_CODES}`)
    .action(() => program.help({ error: true }));
  for (const command of COMMANDS) program.addCommand(subprogram(command, io, invoke));
  return program;
}

function subprogram(command: Command, io: CliIo, invoke: (invocation: Invocation) => void): Program {
  const program = configure(new Program(command.name), io).description(command.summary);
  for (const { name, description, default: fallback } of command.arguments) {
    const argument = new Argument(fallback === undefined ? `<${name}>` : `[${name}]`, description);
    program.addArgument(fallback === undefined ? argument : argument.default(fallback));
  }
  for (const { flags, description, choices, default: fallback, repeatable } of command.options) {
    const option = new Option(flags, description);
    if (choices !== undefined) option.choices(choices);
    if (fallback !== undefined) option.default(fallback);
    program.addOption(repeatable ? collected(option, command) : once(option, command));
  }
  return program
    .addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`)
    .allowExcessArguments(true)
    .action(() => invoke({ command, args: argumentsOf(command, program.args), options: program.opts<OptionValues>() }));
}

/** The values of the arguments of a command, none of them empty. */
function argumentsOf(command: Command, given: readonly string[]): string[] {
  const words = command.words?.(given) ?? given;
  if (words.length > command.arguments.length) throw new ProblemError([tooManyArguments(command)]);
  return command.arguments.map(({ name, default: fallback }, position) => {
    const word = words[position] ?? fallback ?? '';
    if (word === '') throw new ProblemError([emptyArgument(command, name)]);
    return word;
  });
}

/** An option with a value is given at most once, and its value is not empty. */
function once(option: Option, command: Command): Option {
  const parse = option.parseArg;
  let given = false;
  return option.argParser((value: string, previous: unknown) => {
    if (given) throw new ProblemError([repeatedOption(command, option.long ?? option.flags)]);
    given = true;
    if (parse !== undefined) return parse(value, previous);
    if (value === '') throw new ProblemError([emptyOption(command, option.flags)]);
    return value;
  });
}

/** An option whose values are a list, none of them empty. */
function collected(option: Option, command: Command): Option {
  return option.argParser((value: string, previous: readonly string[] = []) => {
    if (value === '') throw new ProblemError([emptyOption(command, option.flags)]);
    return [...previous, value];
  });
}

function configure(program: Program, io: CliIo): Program {
  return program
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureHelp({ helpWidth: widthOf(io) })
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      // Help that somebody did not ask for; errors become problems.
      writeErr: (text) => io.stderr(text),
      outputError: () => undefined,
    });
}
