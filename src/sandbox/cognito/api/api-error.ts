/** Errors that the sandbox answers (cognito-idp service model, botocore 1.43.107), with those of the protocol itself. */
export type ApiErrorName =
  | 'InternalErrorException' | 'InvalidOAuthFlowException' | 'InvalidParameterException' | 'InvalidPasswordException' | 'LimitExceededException'
  | 'NotAuthorizedException' | 'RefreshTokenReuseException'
  | 'ResourceNotFoundException' | 'ScopeDoesNotExistException' | 'SerializationException' | 'UnknownOperationException' | 'UnsupportedUserStateException'
  | 'UserNotFoundException' | 'UsernameExistsException';

/** A refused call: thrown by operations, answered in one place. The message never holds a secret, password or token. */
export class ApiError extends Error {
  /**
   * @param name name of the error
   * @param message as the service words it; empty where the service gives none
   * @param reason what was wrong, for the log: without any value of the call, since a secret may have come in its place; default the message
   */
  public constructor(public override readonly name: ApiErrorName, message = '', public readonly reason = message) {
    super(message);
  }
}
