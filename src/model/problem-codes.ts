/**
 * Every problem code and what it stands for. Codes are contract: members may be added, none renamed.
 *
 * `docs/problems.md` is generated from this table.
 */
export const PROBLEM_CODES = {
  // Resource servers and scopes
  IdentifierEmpty: 'A resource server has an empty identifier.',
  IdentifierCharset: 'A resource server identifier has a character that Cognito refuses.',
  IdentifierLength: 'A resource server identifier is longer than 256 characters.',
  IdentifierReserved: 'A resource server identifier begins with `aws.cognito`. This is a rule of this library: Cognito keeps that name for its own scope.',
  IdentifierDuplicate: 'Two resource servers of one user pool have the same identifier.',
  ResourceServerName: 'The display name of a resource server has a character that Cognito refuses, or a wrong length.',
  ScopeNameEmpty: 'A scope has an empty name.',
  ScopeNameCharset: 'A scope name has a character that Cognito refuses.',
  ScopeNameSlash: 'A scope name contains a slash. A full scope name splits at its last slash.',
  ScopeNameLength: 'A scope name is longer than 256 characters.',
  ScopeDescriptionLength: 'A scope description is empty or longer than 256 characters.',
  FullScopeNameLength: 'Identifier, slash and scope name are together longer than 256 characters, so no client could list the scope.',
  FullScopeNameFormat: 'A full scope name is neither a standard scope nor `identifier/name`.',
  ScopeDuplicate: 'A resource server declares a scope twice, or a client or method lists it twice.',
  ScopesPerServer: 'A resource server declares more than 100 scopes.',
  ScopeUnknown: 'A scope is used that its resource server does not declare, or that no resource server of the API declares.',
  ScopeOfOtherPool: 'A scope belongs to a resource server of another user pool.',
  // Clients
  ClientName: 'The display name of an app client has a character that Cognito refuses, or a wrong length.',
  ClientDuplicate: 'Two app clients of one resource server have the same key.',
  ScopesPerClient: 'A client lists more than 50 scopes.',
  ClientWithoutScopes: 'A client lists no scope.',
  MachineClientScope: 'A machine client lists a standard scope. The client credentials grant gives custom scopes only.',
  CallbackMissing: 'A client of the code or implicit grant has no callback URL.',
  CallbackUrl: 'A callback URL is not one that Cognito accepts.',
  LogoutUrl: 'A logout URL is not one that Cognito accepts.',
  UrlsPerClient: 'A client lists more than 100 callback or logout URLs.',
  ImplicitGrantReason: 'The implicit grant is asked for without a reason.',
  TokenValidityRange: 'A token validity is outside the range that Cognito accepts, no whole number of minutes, or not known at synthesis.',
  TokenValidityOrder: 'Access or ID tokens would live longer than the refresh token.',
  // User pool and domain
  DomainPrefix: 'A domain prefix is not one that Cognito accepts.',
  DomainReservedWord: 'A domain prefix contains `aws`, `amazon` or `cognito`.',
  DomainChoice: 'A domain has both a prefix and a custom name, or a user pool is given a second domain.',
  DomainMissing: 'An OAuth URL is asked for, but the user pool has no known domain.',
  UserPoolOptions: 'Properties of a new user pool are given together with an existing user pool.',
  // Routes and methods
  RouteFormat: 'A route is not a verb, a space and a path.',
  RouteVerb: 'The verb of a route is not one that API Gateway knows.',
  RoutePath: 'The path of a route does not begin with a slash, or has an empty part.',
  RoutePathPart: 'A part of a path has a character that API Gateway refuses.',
  RouteVariableDuplicate: 'A path names one variable twice.',
  RouteGreedyPosition: 'A greedy path variable is not the last part of the path.',
  RouteVariableSibling: 'Two routes name the variable at the same place differently.',
  RouteDuplicate: 'A route is declared twice.',
  RouteAccessMissing: 'A route or method has no declared access.',
  RouteIntegration: 'A route has both a handler and an integration, or neither.',
  PublicReason: 'A public method has no reason.',
  AllOfNotEnforceable: 'A method demands all of several scopes. The Cognito authorizer of a REST API checks any-of only.',
  AccessWithoutScopes: 'An any-of access lists no scope.',
  MethodScope: 'A standard scope is used on a method where API Gateway cannot match it.',
  MethodScopesEmpty: 'A method has the Cognito authorizer but no scopes, so it would take ID tokens and refuse access tokens.',
  MethodScopesUnchecked: 'A method lists scopes that nothing checks.',
  ApiUserPools: 'A scope belongs to a user pool that the API does not know, or the API knows none.',
  // Reading templates and models
  InputNotFound: 'The given path does not exist.',
  InputUnreadable: 'The given file or folder cannot be read.',
  InputEmpty: 'The given file is empty.',
  InputTooLarge: 'The given file is larger than any template can be.',
  InputSyntax: 'The given file is neither JSON nor YAML.',
  InputNotTemplate: 'The given file is no CloudFormation template.',
  InputNotAssembly: 'The given folder is no cloud assembly and holds none.',
  TemplateCircular: 'References of a template run in a circle.',
  TemplateNeedsSam: 'A template still needs the SAM transform.',
  ModelFormat: 'A file is no access model.',
  ModelVersion: 'An access model has a version that this release does not know.',
  // Questions
  ClientUnknown: 'No client has the given name or id.',
  ClientAmbiguous: 'Several clients have the given name.',
  ApiUnknown: 'No API has the given name or id.',
  RouteUnknown: 'No method answers the given route.',
  RouteAmbiguous: 'Several APIs answer the given route.',
  // Command line
  Usage: 'The command line is not one that the program knows.',
  OutputUnwritable: 'The output file cannot be written.',
} as const;

/** A stable name of one kind of problem. */
export type ProblemCode = keyof typeof PROBLEM_CODES;
