import { CfnGatewayResponse, CfnResource, type CfnMethod, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Reference, Stack, Tokenization, type CfnResource as Resource } from 'aws-cdk-lib/core';
import type { ApiParts, FinishedResource } from './api-parts';
import { show } from './rendered';
import type { Problem } from '../../model/problem';
import { isVariable } from '../../model/route';

/** Checks what an API has once only, however it was added: methods of a verb on a resource, variables of a place, gateway responses of a type. */
export function checkApiParts(api: RestApi, parts: ApiParts, methods: readonly FinishedResource[]): Problem[] {
  return [
    ...checkMethods(methods),
    ...checkVariables(parts.of(CfnResource.CFN_RESOURCE_TYPE_NAME)),
    ...checkResponses(api, parts.of(CfnGatewayResponse.CFN_RESOURCE_TYPE_NAME)),
  ];
}

/** API Gateway refuses a second method of one verb on one resource. */
function checkMethods(methods: readonly FinishedResource[]): Problem[] {
  const placeOf = ({ resource, properties }: FinishedResource) =>
    `${place(resource, (resource as Partial<CfnMethod>).resourceId, properties.ResourceId)} ${JSON.stringify(properties.HttpMethod)}`;
  const complete = methods.filter(({ properties }) => properties.ResourceId !== undefined && properties.HttpMethod !== undefined);
  return withEarlier(complete, placeOf).map(([{ resource, properties }, earlier]): Problem => ({
    code: 'RouteDuplicate',
    subject: `method "${resource.node.path}"`,
    wrong: `has the verb and the resource of "${earlier.resource.node.path}"`,
    got: show(properties.HttpMethod),
    expected: 'one declaration per verb and path',
    fix: 'remove one of them',
  }));
}

/** API Gateway refuses a second variable below one resource. */
function checkVariables(resources: readonly FinishedResource[]): Problem[] {
  const variables = resources.filter(({ properties }) => typeof properties.PathPart === 'string' && isVariable(properties.PathPart));
  return withEarlier(variables, parentOf).map(([{ resource, properties }, earlier]): Problem => ({
    code: 'RouteVariableSibling',
    subject: `resource "${resource.node.path}"`,
    wrong: `has another variable than the resource "${earlier.resource.node.path}" at the same place`,
    got: properties.PathPart,
    expected: `"${earlier.properties.PathPart}"`,
    fix: 'use one variable at this place of the path in all routes',
  }));
}

function checkResponses(api: RestApi, responses: readonly FinishedResource[]): Problem[] {
  return withEarlier(responses, ({ properties }) => JSON.stringify(properties.ResponseType)).map(([{ resource, properties }, earlier]): Problem => ({
    code: 'GatewayResponseDuplicate',
    subject: `gateway response "${resource.node.path}"`,
    wrong: `has the type of "${earlier.resource.node.path}"`,
    got: show(properties.ResponseType),
    expected: `one gateway response of each type in API "${api.node.path}"`,
    fix: 'add it with addGatewayResponse of the API, which keeps the CORS headers',
  }));
}

/** What has the key of an earlier one, with that one. */
function withEarlier(resources: readonly FinishedResource[], keyOf: (each: FinishedResource) => string): [FinishedResource, FinishedResource][] {
  const byKey = new Map<string, FinishedResource[]>();
  return resources.flatMap((each): [FinishedResource, FinishedResource][] => {
    const alike = byKey.get(keyOf(each)) ?? [];
    byKey.set(keyOf(each), [...alike, each]);
    const earlier = alike.find((other) => existTogether(other, each));
    return earlier === undefined ? [] : [[each, earlier]];
  });
}

/** Whether two resources exist together for all that is known: of two conditions, one alone may hold. */
function existTogether(a: FinishedResource, b: FinishedResource): boolean {
  if (a.condition === undefined || b.condition === undefined) return true;
  return a.condition === b.condition && Stack.of(a.resource) === Stack.of(b.resource);
}

/** The parent resource, the same in every stack that refers to it. */
function parentOf({ resource, properties }: FinishedResource): string {
  return place(resource, (resource as Partial<CfnResource>).parentId, properties.ParentId);
}

/**
 * A resource that another one names, the same in every stack that refers to it.
 *
 * @param reference as the CDK refers to it, where it does
 * @param rendered as the template names it
 */
function place(resource: Resource, reference: string | undefined, rendered: unknown): string {
  const token = reference === undefined ? undefined : Tokenization.reverseString(reference).firstToken;
  const isOverridden = JSON.stringify(Stack.of(resource).resolve(reference)) !== JSON.stringify(rendered);
  if (isOverridden || !Reference.isReference(token)) return `${Stack.of(resource).node.path} ${JSON.stringify(rendered)}`;
  const producer = Stack.of(token.target);
  return `${producer.node.path} ${JSON.stringify(producer.resolve(reference))}`;
}
