/** Version of the JSON form of the matrix. Members may be added within a version, none renamed. */
export const MATRIX_VERSION = 1;

/** Id and name of the caller without a token. */
export const ANONYMOUS = 'anonymous';

/**
 * Who can call what.
 *
 * An entry of the anonymous caller holds for every principal: a public method is listed once. A pair of principal and
 * method that neither has an entry nor is covered by one of the anonymous caller is denied.
 *
 * Texts that templates do not fix are written as their expression, such as `${App/Stage}/read`, or, without one, as
 * the reason in angle brackets.
 */
export interface Matrix {
  readonly version: typeof MATRIX_VERSION;
  /** The anonymous caller first, then clients by id. */
  readonly principals: readonly MatrixPrincipal[];
  /** Ordered by id. */
  readonly apis: readonly MatrixApi[];
  /** Ordered by id of the API, path, verb. */
  readonly methods: readonly MatrixMethod[];
  /** Ordered as the principals, then as the methods. */
  readonly allowed: readonly MatrixAllowed[];
  /** Pairs that templates do not decide; ordered as the principals, then as the methods. */
  readonly unknown: readonly MatrixUnknown[];
  /** What a reader must know beyond the cells, ordered by kind. */
  readonly notes: readonly MatrixNote[];
}

/** A caller. */
export interface MatrixPrincipal {
  /** `Stack/LogicalId` of a client, or `anonymous`. */
  readonly id: string;
  readonly kind: 'client' | 'anonymous';
  /** The name of the client, or its expression where templates do not fix it; the id of a client that has neither. */
  readonly name: string;
  /** Id of the user pool of a client. */
  readonly userPool?: string;
  /** Set for a client that no template declares: its app states it. */
  readonly origin?: 'external';
}

/** An API. */
export interface MatrixApi {
  readonly id: string;
  /** The name of the API, or its expression where templates do not fix it; the id of an API that has neither. */
  readonly name: string;
}

/** A method. */
export interface MatrixMethod {
  readonly id: string;
  /** The name of the API, or its expression where templates do not fix it; the id of an API that has neither. */
  readonly api: string;
  readonly apiId: string;
  readonly verb: string;
  /** Path template. */
  readonly path: string;
  readonly access: MatrixAccess;
  /** Set where API Gateway demands an API key on top of the access. */
  readonly apiKeyRequired?: true;
}

/** What a caller of a method needs. */
export interface MatrixAccess {
  /**
   * - `anyOf`: an access token with at least one of the scopes;
   * - `idToken`: an ID token of a signed-in user;
   * - `iam`: AWS credentials; `apiKey`: an API key; no principal of the matrix stands for either;
   * - `public`: nothing;
   * - `lambda`: a Lambda authorizer decides;
   * - `unknown`: the templates do not say.
   */
  readonly kind: 'anyOf' | 'idToken' | 'iam' | 'apiKey' | 'public' | 'lambda' | 'unknown';
  /** Full scope names of `anyOf`, in the order of the template. */
  readonly scopes?: readonly string[];
  /** Those of the scopes that no resource server of the authorizer's user pools can declare in these templates; absent where there are none. */
  readonly externalScopes?: readonly string[];
  /** Id of the authorizer. */
  readonly authorizer?: string;
  /** Why the method is public, or why its access is unknown. */
  readonly reason?: string;
  /** Scopes that the template lists and that nothing checks. */
  readonly uncheckedScopes?: readonly string[];
}

/** A pair that is allowed. */
export interface MatrixAllowed {
  /** Id of the principal. */
  readonly principal: string;
  /** Id of the method. */
  readonly method: string;
  /** The token that opens the method. */
  readonly token: 'access' | 'id' | 'none';
  /** The scopes of the method that tokens of the principal carry, in the order of the method. */
  readonly scopes: readonly string[];
  /** Set where only a pre token generation trigger puts these scopes into the token; it decides at run time for whom. */
  readonly byTrigger?: true;
}

/** A pair that the templates do not decide. */
export interface MatrixUnknown {
  /** Id of the principal. */
  readonly principal: string;
  /** Id of the method. */
  readonly method: string;
  readonly reason: string;
}

/** What a note is about. */
export type MatrixNoteKind =
  /** Subjects: methods that demand an API key on top of their access. Callers are judged as having one. */
  | 'apiKey'
  /** Subjects: entities that exist only under a condition, or that a transform or loop may change. */
  | 'condition'
  /** Subjects: clients that are granted a deprecated scope, methods that accept one, and resource servers where nothing uses it. */
  | 'deprecatedScope'
  /** Subjects: user pools with OAuth clients and without a domain in the templates. */
  | 'domainMissing'
  /** Subjects: user pools that no template declares, by id or by the expression that names them. What is assumed of them. */
  | 'externalUserPool'
  /** Subjects: clients. */
  | 'inactiveScope'
  /** Subjects: methods with a Lambda authorizer. */
  | 'lambdaAuthorizer'
  /** Subjects: parts of templates that are not read. Clients, methods and others that they declare are missing. */
  | 'notRead'
  /** Subjects: parameters, as `Stack/Name`, whose defaults are taken for their values. */
  | 'parameterDefault'
  /** Subjects: APIs that only interface VPC endpoints reach, certainly or perhaps. */
  | 'privateApi'
  /** Subjects: APIs. */
  | 'resourcePolicy'
  /** Subjects: methods with a scope that no token matches. */
  | 'scopeNeverMatches'
  /** Subjects: methods with a scope of a user pool whose tokens their authorizer does not take. */
  | 'scopeOfOtherPool'
  /** Subjects: methods with a scope that no client here obtains from the user pools of their authorizer. */
  | 'scopeUnobtainable'
  /** Subjects: methods that accept a scope of one full name from several user pools. */
  | 'sharedScope'
  /** Subjects: user pools with a pre token generation trigger that can take away scopes by which pairs are allowed. */
  | 'tokenTrigger'
  /** Subjects: methods that list scopes which nothing checks. */
  | 'uncheckedScopes'
  /** Subjects: user pools whose tokens API Gateway refuses. */
  | 'updatedIssuer';

/** Something to know beyond the cells. */
export interface MatrixNote {
  readonly kind: MatrixNoteKind;
  /** Ids of entities, ordered. */
  readonly subjects: readonly string[];
  /** A sentence about each of the subjects. */
  readonly note: string;
}
