import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ApiId } from './api-id';
import { rendered, renderedType, type RenderedResource } from './rendered';

/** A resource as its template will have it. */
export interface FinishedResource extends RenderedResource {
  readonly resource: CfnResource;
}

/** The resources of the finished tree that belong to an API, by the id that their templates name, however they name it. */
export class ApiParts {
  private readonly resources: readonly CfnResource[];
  private readonly id: ApiId;

  public constructor(private readonly api: RestApi) {
    const constructs: readonly IConstruct[] = api.node.root.node.findAll();
    this.resources = constructs.filter((child) => CfnResource.isCfnResource(child));
    this.id = new ApiId(api, constructs);
  }

  /** The resources of a CloudFormation type. */
  public of(type: string): FinishedResource[] {
    return this.resources
      .filter((resource) => renderedType(resource) === type)
      .map((resource) => ({ resource, ...rendered(resource) }))
      .filter(({ resource, properties, transform }) => refersTo(this.api, (resource as CfnResource & { restApiId?: unknown }).restApiId)
        || this.id.isIn(Stack.of(resource), [properties.RestApiId, transform]));
  }
}

/** Whether a value is a reference of the CDK to the id of an API. */
export function refersTo(api: RestApi, value: unknown): boolean {
  const reference = typeof value === 'string' ? Tokenization.reverseString(value).firstToken : value;
  return Reference.isReference(reference) ? reference.target === api.node.defaultChild : value === api.restApiId;
}
