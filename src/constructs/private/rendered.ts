import { Stack, type CfnElement, type CfnResource } from 'aws-cdk-lib/core';

/** What a template has of a resource. */
export interface RenderedResource {
  readonly properties: { readonly [name: string]: any };
  readonly metadata: { readonly [key: string]: any };
}

/** A resource as its template will have it, escape hatches included. */
export function rendered(resource: CfnResource): RenderedResource {
  // Marked as internal in the CDK, but the only place that knows what overrides leave of a resource.
  const { Resources } = Stack.of(resource).resolve((resource as CfnElement & { _toCloudFormation(): object })._toCloudFormation());
  const [{ Properties = {}, Metadata = {} }] = Object.values<any>(Resources);
  return { properties: Properties, metadata: Metadata };
}
