/** Key of the resource metadata in which a template carries what CloudFormation has no property for. */
export const METADATA_KEY = 'cdk-protected-api';

/** Extension of an OpenAPI operation that carries the same members as the metadata of a method. */
export const OPENAPI_EXTENSION = 'x-cdk-protected-api';

/** Metadata of a method. */
export interface MethodMetadata {
  /** The access as declared. */
  readonly access: 'anyOf' | 'idToken' | 'iam' | 'apiKey' | 'public';
  /** Why a public method is public. */
  readonly reason?: string;
}
