/**
 * What a running sandbox serves, for scripts: the one line that `protected-api sandbox --json` prints. Members may be added, none
 * renamed.
 */
export interface SandboxDescription {
  readonly userPools: readonly UserPoolDescription[];
  readonly apis: readonly ApiDescription[];
  /** Endpoint URL for the AWS CLI and SDKs: the API of Cognito. */
  readonly cognitoIdpUrl: string;
}

/** A user pool of a running sandbox. */
export interface UserPoolDescription {
  /** Such as `us-east-1_AbCdEfGhI`; the same in every run for the same template. */
  readonly id: string;
  readonly name: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What `/oauth2/token` and the other OAuth endpoints stand below; `null` for a user pool without a domain. */
  readonly domainUrl: string | null;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

/** A stage of an API of a running sandbox. */
export interface ApiDescription {
  readonly name: string;
  /** What people are shown: the name, with the id of the API behind it where several have that name. */
  readonly shownName: string;
  readonly stage: string;
  /** What the paths of its methods stand below; no slash at the end. */
  readonly url: string;
}
