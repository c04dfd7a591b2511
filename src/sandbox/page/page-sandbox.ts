import type { AccessModel } from '../../model/access-model';
import type { Clock } from '../clock';
import type { LivePool } from '../cognito/live-pool';
import type { TokenAnswer, TokenQuestion, UserQuestion } from '../control';
import type { SandboxDescription } from '../description';
import type { SandboxLog } from '../sandbox-log';

/** What a user gives to sign in on the page. */
export interface SignInQuestion {
  /** Name or id of a client. */
  readonly client: string;
  readonly username: string;
  readonly password: string;
  /** Full scope names to ask for; default all of the client. */
  readonly scopes?: readonly string[];
}

/** What the page asks of its sandbox. */
export interface PageSandbox {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** Cloud assembly or template that is served, or `standard input`. */
  readonly path: string;
  readonly log: SandboxLog;
  /** By user pool id. */
  readonly pools: ReadonlyMap<string, LivePool>;
  /** What the templates do not fix, one line each. */
  readonly notices: readonly string[];
  /** Default the clock of the machine. */
  readonly clock?: Clock;
  describe(): SandboxDescription;
  /** The access model of this moment; the same object until something changes. */
  accessModel(): AccessModel;
  /** @throws ProblemError where the client obtains no such token */
  tokenFor(question: TokenQuestion): Promise<TokenAnswer>;
  /** @throws ProblemError where the user cannot be made */
  addUser(question: UserQuestion): Promise<void>;
  /** @throws ProblemError where name and password do not fit, or the client obtains no such token */
  signIn(question: SignInQuestion): Promise<TokenAnswer>;
  /** The stages of an API that are served, by its id in the access model. */
  stagesOf(api: string): readonly PageStage[];
  /** API keys with their values; default none. */
  apiKeys?(): readonly PageApiKey[];
}

/** A stage that is served. */
export interface PageStage {
  readonly name: string;
  /** No slash at the end. */
  readonly url: string;
}

/** An API key that the page offers to send. */
export interface PageApiKey {
  readonly name: string;
  readonly value: string;
}
