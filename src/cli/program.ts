import { Argument, Command as Program, Option } from 'commander';
import { COMMANDS, type Command, type OptionValues } from './commands';
import type { CliIo } from './io';

/** A command line as commander understood it. */
export interface Invocation {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: OptionValues;
}

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
    .helpCommand(false)
    .addHelpText('after', EXIT_CODES)
    .action((options: { version?: boolean }) => {
      if (options.version) io.stdout(`${io.version()}\n`);
      else program.help({ error: true });
    });
  for (const command of COMMANDS) program.addCommand(subprogram(command, io, invoke));
  return program;
}

function subprogram(command: Command, io: CliIo, invoke: (invocation: Invocation) => void): Program {
  const program = configure(new Program(command.name), io).description(command.summary);
  for (const { name, description, default: fallback } of command.arguments) {
    const argument = new Argument(fallback === undefined ? `<${name}>` : `[${name}]`, description);
    program.addArgument(fallback === undefined ? argument : argument.default(fallback));
  }
  for (const { flags, description, choices, default: fallback } of command.options) {
    const option = new Option(flags, description);
    if (choices !== undefined) option.choices(choices);
    if (fallback !== undefined) option.default(fallback);
    program.addOption(option);
  }
  return program
    .addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`)
    .action(() => invoke({ command, args: program.processedArgs as string[], options: program.opts<OptionValues>() }));
}

function configure(program: Program, io: CliIo): Program {
  return program
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureHelp({ helpWidth: io.columns })
    .configureOutput({
      writeOut: (text) => io.stdout(text),
      // Help that somebody did not ask for; errors become problems.
      writeErr: (text) => io.stderr(text),
      outputError: () => undefined,
    });
}
