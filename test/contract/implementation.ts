import type { Expectation, Scenario } from './scenarios';

/** What an implementation answers: the members of the expectation that it can tell. */
export type ImplementationAnswer = Partial<Expectation> | { readonly verdict: 'unknown'; readonly reason: string };

/** Something that answers what is allowed. */
export interface Implementation {
  readonly name: string;
  /** Why it cannot answer a scenario; undefined where it can. */
  excludes(scenario: Scenario): string | undefined;
  answer(scenario: Scenario): ImplementationAnswer | Promise<ImplementationAnswer>;
  /** Ends what it started to answer. It starts again when it is asked again. */
  close?(): Promise<void>;
}
