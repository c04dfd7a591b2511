import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnOutput, CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { rendered, type RenderedResource } from './rendered';

/** A resource as its template will have it. */
export interface FinishedResource extends RenderedResource {
  readonly resource: CfnResource;
}

/**
 * The resources of the finished tree that belong to an API, by the id that their templates name: in the stack of the
 * API, through a reference of the CDK, through an export of the app, and through a parameter of a nested stack.
 */
export class ApiParts {
  private readonly constructs: readonly IConstruct[];
  private exported?: readonly string[];

  public constructor(private readonly api: RestApi) {
    this.constructs = api.node.root.node.findAll();
  }

  /** The resources of a CloudFormation type. */
  public of(type: string): FinishedResource[] {
    return this.constructs
      .filter((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType === type)
      .map((resource) => ({ resource, ...rendered(resource) }))
      .filter(({ resource, properties }) => refersTo(this.api, (resource as CfnResource & { restApiId?: unknown }).restApiId)
        || this.isId(Stack.of(resource), properties.RestApiId));
  }

  private isId(stack: Stack, value: any): boolean {
    const text = JSON.stringify(value);
    const own = Stack.of(this.api);
    if (stack === own) return text === JSON.stringify(own.resolve(this.api.restApiId));
    const exported = value?.['Fn::ImportValue'];
    if (exported !== undefined) return this.exportsOfId().includes(JSON.stringify(exported));
    const { nestedStackParent: parent, nestedStackResource: nested } = stack;
    const parameter = value?.Ref;
    if (parent === undefined || nested === undefined || typeof parameter !== 'string') return false;
    const given = rendered(nested as CfnResource).properties.Parameters?.[parameter];
    return given !== undefined && this.isId(parent, given);
  }

  private exportsOfId(): readonly string[] {
    return this.exported ??= this.constructs
      .filter((child): child is CfnOutput => child instanceof CfnOutput && child.exportName !== undefined)
      .filter((output) => refersTo(this.api, output.value) || this.isId(Stack.of(output), Stack.of(output).resolve(output.value)))
      .map((output) => JSON.stringify(Stack.of(output).resolve(output.exportName)));
  }
}

/** Whether a value is a reference of the CDK to the id of an API. */
export function refersTo(api: RestApi, value: unknown): boolean {
  const reference = typeof value === 'string' ? Tokenization.reverseString(value).firstToken : value;
  return Reference.isReference(reference) ? reference.target === api.node.defaultChild : value === api.restApiId;
}
