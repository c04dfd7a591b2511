import type { KeyObject } from 'node:crypto';

/** Everything that the command line touches outside itself. */
export interface CliIo {
  /** Whether standard output is a terminal. */
  readonly isTTY: boolean;
  /** Columns of the terminal; absent where there is none. */
  readonly columns?: number;
  /** How this program is called in a shell: `npx protected-api` where it is installed in an application. */
  readonly program: string;
  /** A private key for the sandbox that was begun before this program was loaded. */
  readonly firstKey?: Promise<KeyObject>;
  readonly env: { readonly [name: string]: string | undefined };
  stdout(text: string): void;
  stderr(text: string): void;
  /** Reads standard input to its end. */
  readStdin(): Promise<string>;
  /** Writes a file whole or not at all. */
  writeFile(path: string, chunks: Iterable<string>): void;
  /** Resolves when this process is asked to stop (SIGINT, SIGTERM, SIGHUP). */
  untilStopped(): Promise<void>;
  /** The version of the package. */
  version(): string;
}
