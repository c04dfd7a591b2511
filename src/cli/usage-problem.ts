import type { CommanderError } from 'commander';
import { COMMANDS, type Command } from './commands';
import { expectedNames } from '../model/nearest';
import type { Problem } from '../model/problem';

/** Puts what commander found wrong with a command line into the shape of a problem. */
export function usageProblem(error: CommanderError, argv: readonly string[]): Problem {
  const command = COMMANDS.find(({ name }) => name === argv.find((word) => !word.startsWith('-')));
  const fix = `see "protected-api ${command === undefined ? '' : `${command.name} `}--help"`;
  const [, named] = /'([^']*)'/.exec(error.message) ?? [];
  const problem = (wrong: string, expected: string, got?: string): Problem => ({
    code: 'Usage', subject: command === undefined ? 'command line' : `command ${command.name}`, wrong, ...(got !== undefined && { got }), expected, fix,
  });
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownCommand(named);
    case 'commander.unknownOption':
      return problem('has an unknown option', expectedNames(named, flagsOf(command), 'no option'), named);
    case 'commander.missingArgument':
      return problem(`lacks the argument ${named}`, usageOf(command));
    case 'commander.excessArguments':
      // Without a command, the first word is none of its names.
      return command === undefined ? unknownCommand(argv.find((word) => !word.startsWith('-')) ?? '') : problem('has too many arguments', usageOf(command));
    case 'commander.optionMissingArgument':
      return problem(`lacks the value of ${named}`, 'a value after the option');
    case 'commander.invalidArgument': {
      const [, value] = /argument '([^']*)'/.exec(error.message) ?? [];
      const option = command?.options.find(({ flags }) => flags === named || error.message.includes(`'${flags}'`));
      return problem(`has a wrong value of ${option?.flags.split(' ')[0] ?? 'an option'}`, expectedNames(value ?? '', option?.choices ?? [], 'a valid value'), value);
    }
    default:
      return problem('is wrong', error.message.replace(/^error: /, ''));
  }

  function unknownCommand(got: string): Problem {
    return { ...problem('has an unknown command', expectedNames(got, COMMANDS.map(({ name }) => name), 'a command'), got), fix: 'see "protected-api --help"' };
  }
}

function flagsOf(command: Command | undefined): string[] {
  return [...(command?.options ?? []).map(({ flags }) => flags.split(' ')[0]), '--help', ...(command === undefined ? ['--version'] : [])];
}

function usageOf(command: Command | undefined): string {
  const words = command?.arguments.map(({ name, default: fallback }) => (fallback === undefined ? name : `[${name}]`)) ?? [];
  return `"protected-api ${[command?.name ?? '<command>', ...words].join(' ')}"`;
}
