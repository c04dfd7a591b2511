/** A file or folder on this machine. Nothing of it is read. */
export interface LocalFile {
  /** Absolute. */
  readonly path: string;
  readonly exists: boolean;
}

/** Files on this machine by the names that a template has for them. */
export interface LocalFiles { readonly [name: string]: LocalFile }

/** One template with what is known about its deployment. Plain data. */
export interface TemplateSource {
  /** Name of the stack in ids; unique in the set, such as `Prod/PhotoAlbum`, or `Prod/PhotoAlbum/Nested` for a nested stack. */
  readonly stack: string;
  /** The parsed template; intrinsic functions in their long form (`Fn::GetAtt`). */
  readonly template: object;
  /** Where the stack is deployed, as far as that is known. */
  readonly environment: { readonly account?: string; readonly region?: string };
  /** Name of the stack in CloudFormation, where it is known. */
  readonly stackName?: string;
  /** Values of parameters that are known to be given at deployment. They win over defaults. */
  readonly parameters?: { readonly [name: string]: unknown };
  /** Files that hold code of the stack's functions, by what the template writes: the object key of an asset, or a path. */
  readonly files?: LocalFiles;
  /** What is wrong with templates of nested stacks, by the logical id of the nested stack. */
  readonly unreadNested?: { readonly [logicalId: string]: string };
  /** For the template of a nested stack: the resource of the parent template that creates it. */
  readonly nestedIn?: {
    /** `stack` of the parent. */
    readonly stack: string;
    readonly logicalId: string;
  };
}

/** Templates that are deployed together, and may refer to each other. Plain data. */
export interface TemplateSet {
  readonly templates: readonly TemplateSource[];
  /** OpenAPI documents that templates name by `BodyS3Location`, by their object key. */
  readonly bodies?: { readonly [objectKey: string]: unknown };
}
