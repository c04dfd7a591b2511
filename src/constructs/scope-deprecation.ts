import type { Scope } from './scope';

/** What can be said of a scope beyond its name and description. */
export interface ScopeOptions {
  /**
   * Says that the scope is to go. It stays declared, and clients keep it until it is removed.
   *
   * The matrix shows it at every client and method that uses the scope, and synthesis warns of those in this app
   * (`cdk-protected-api:deprecated-scope`).
   *
   * @default - the scope is to stay
   */
  readonly deprecated?: ScopeDeprecation;
}

/** Why and when a scope is to go. */
export interface ScopeDeprecation {
  /**
   * The scope that takes its place: one of a resource server that the app declares or refers to.
   *
   * @default - none
   */
  readonly replacedBy?: Scope;

  /**
   * The last day on which the scope is certain to exist, as `YYYY-MM-DD` in UTC.
   *
   * After that day synthesis warns (`cdk-protected-api:scope-removal-overdue`) for as long as the scope is declared. It does
   * not fail: an app that nobody changed still synthesizes. `cdk synth --strict` makes the warning a failure.
   */
  readonly removeAfter: string;

  /** Why the scope is to go, 1 to 256 characters. */
  readonly reason: string;
}
