import type { KeyObject } from 'node:crypto';

/** How a sandbox starts. */
export interface SandboxOptions {
  /** Cloud assembly, folder with a `cdk.out`, template, or `-` for standard input. */
  readonly path: string;
  /** What standard input held, for the path `-`. */
  readonly stdin?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Whether the host may be one that other machines reach. */
  readonly exposed?: boolean;
  /** Whether to read the templates again when they change. */
  readonly watch?: boolean;
  readonly stateFolder?: string;
  readonly usersFile?: string;
  /** Whether a mistake in the users file ends the start; default: it is reported, and the user left out. */
  readonly strictUsers?: boolean;
  /** `GET /x=http://127.0.0.1:8080/x`. */
  readonly integrations?: readonly string[];
  readonly clock?: () => number;
  /** Whether `protected-api token` finds it only by its URL. */
  readonly unlisted?: boolean;
  /** The bundled program that runs functions; default the one beside this file. */
  readonly functionHost?: string;
  /** A private key that was begun before all else, so that the first token need not wait as long. */
  readonly firstKey?: Promise<KeyObject>;
  /** Takes what the user should know: parts that are left out, templates that cannot be read again. */
  report?(line: string): void;
  /** Takes a line per request, and what functions print. */
  logLine?(line: string): void;
}
