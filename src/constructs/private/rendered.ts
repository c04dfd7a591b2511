import { Stack, type CfnElement, type CfnResource } from 'aws-cdk-lib/core';

/** What a template has of a resource. */
export interface RenderedResource {
  readonly properties: { readonly [name: string]: any };
  readonly metadata: { readonly [key: string]: any };
  /** The condition under which the resource exists. */
  readonly condition?: unknown;
  /** A transform that may write more of the resource. */
  readonly transform?: unknown;
}

/** A resource as its template will have it, escape hatches included. */
export function rendered(resource: CfnResource): RenderedResource {
  // Marked as internal in the CDK, but the only place that knows what overrides leave of a resource.
  const { Resources } = Stack.of(resource).resolve((resource as CfnElement & { _toCloudFormation(): object })._toCloudFormation());
  const [{ Properties = {}, Metadata = {}, Condition, ...others }] = Object.values<any>(Resources);
  return { properties: Properties, metadata: Metadata, condition: Condition, transform: Properties[TRANSFORM] ?? others[TRANSFORM] };
}

/** The type of a resource as its template will have it. */
export function renderedType(resource: CfnResource): unknown {
  // Rendering every resource of an app takes long; only an override gives a resource another type.
  const { rawOverrides } = resource as unknown as { rawOverrides?: { readonly Type?: unknown } };
  return rawOverrides?.Type === undefined ? resource.cfnResourceType : Stack.of(resource).resolve(rawOverrides.Type);
}

/** Whether a transform writes a part of a value. */
export function hasTransform(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return TRANSFORM in value || Object.values(value).some(hasTransform);
}

/** A value of a template in the words of messages. */
export function show(value: unknown): string {
  return value === undefined ? '<none>' : typeof value === 'object' ? '<token>' : String(value);
}

const TRANSFORM = 'Fn::Transform';
