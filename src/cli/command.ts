import type { CliIo } from './io';
import type { AccessModel } from '../model/access-model';

/** A positional argument. */
export interface CommandArgument {
  /** As in `matrix [PATH]`. */
  readonly name: string;
  readonly description: string;
  /** An argument without a default is required. */
  readonly default?: string;
}

/** An option. */
export interface CommandOption {
  /** As commander reads it: `--format <format>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** Whether it may be given more than once; its value is a list then. */
  readonly repeatable?: true;
}

/** The options of a command line, by name. */
export interface OptionValues {
  readonly format?: string;
  readonly output?: string;
  readonly color?: boolean;
  readonly api?: string;
  readonly port?: string;
  readonly host?: string;
  readonly exposed?: boolean;
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly state?: string;
  readonly users?: string;
  readonly integration?: readonly string[];
  readonly url?: string;
  readonly scope?: readonly string[];
  readonly user?: string;
  readonly id?: boolean;
}

/** What a command works with. */
export interface CommandContext {
  readonly io: CliIo;
  /** Values of the arguments, in their order. */
  readonly args: readonly string[];
  readonly options: OptionValues;
  /** The access model that a path names. */
  model(path: string): Promise<AccessModel>;
}

/** What a command answers. */
export interface CommandResult {
  readonly output: Iterable<string>;
  /** 0, or 1 where the answer is no. */
  readonly exitCode: 0 | 1;
}

/** A command of the program. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly CommandArgument[];
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /** Puts words together that belong to one argument. */
  words?(given: readonly string[]): readonly string[];
  run(context: CommandContext): Promise<CommandResult>;
}
