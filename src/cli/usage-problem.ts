import type { CommanderError } from 'commander';
import type { Command } from './command';
import { COMMANDS } from './commands';
import { expectedNames } from '../model/nearest';
import type { Problem } from '../model/problem';

/** Puts what commander found wrong with a command line into the shape of a problem. */
export function usageProblem(error: CommanderError, argv: readonly string[]): Problem {
  const command = COMMANDS.find(({ name }) => name === argv.find((word) => !word.startsWith('-')));
  const [, named] = /'([^']*)'/.exec(error.message) ?? [];
  switch (error.code) {
    case 'commander.excessArguments':
      // Those of a command are counted elsewhere; here no command is given.
      return unknownCommand(argv.find((word) => !word.startsWith('-')) ?? '');
    case 'commander.unknownOption':
      return problem(command, 'has an unknown option', expectedNames(named, flagsOf(command), 'no option'), named);
    case 'commander.missingArgument':
      return problem(command, `lacks the argument ${named}`, usageOf(command));
    case 'commander.optionMissingArgument':
      return problem(command, `lacks the value of ${named}`, 'a value after the option');
    case 'commander.invalidArgument': {
      const [, value] = /argument '([^']*)'/.exec(error.message) ?? [];
      const option = command?.options.find(({ flags }) => flags === named || error.message.includes(`'${flags}'`));
      return problem(
        command, `has a wrong value of ${option?.flags.split(' ')[0] ?? 'an option'}`, expectedNames(value ?? '', option?.choices ?? [], 'a valid value'), value,
      );
    }
    default:
      return problem(command, 'is wrong', error.message.replace(/^error: /, ''));
  }
}

/** A word that is none of the commands. */
export function unknownCommand(got: string): Problem {
  return problem(undefined, 'has an unknown command', expectedNames(got, COMMANDS.map(({ name }) => name), 'a command'), got);
}

/** More words than the command has arguments. */
export function tooManyArguments(command: Command): Problem {
  return problem(command, 'has too many arguments', usageOf(command));
}

/** An argument is an empty text, as an unset variable of a shell makes it. */
export function emptyArgument(command: Command, name: string): Problem {
  return problem(command, `has an empty ${name}`, usageOf(command));
}

/** The value of an option is an empty text. */
export function emptyOption(command: Command, flags: string): Problem {
  return problem(command, `lacks the value of ${flags}`, 'a value after the option');
}

/** An option that holds one value is given twice. */
export function repeatedOption(command: Command, flag: string): Problem {
  return problem(command, `has the option ${flag} more than once`, 'it once');
}

function problem(command: Command | undefined, wrong: string, expected: string, got?: string): Problem {
  return {
    code: 'Usage',
    subject: command === undefined ? 'command line' : `command ${command.name}`,
    wrong,
    ...(got !== undefined && { got }),
    expected,
    fix: `see "protected-api ${command === undefined ? '' : `${command.name} `}--help"`,
  };
}

function flagsOf(command: Command | undefined): string[] {
  return [...(command?.options ?? []).map(({ flags }) => flags.split(' ')[0]), '--help', ...(command === undefined ? ['--version'] : [])];
}

function usageOf(command: Command | undefined): string {
  const words = command?.arguments.map(({ name, default: fallback }) => (fallback === undefined ? name : `[${name}]`)) ?? [];
  return `"protected-api ${[command?.name ?? '<command>', ...words].join(' ')}"`;
}
