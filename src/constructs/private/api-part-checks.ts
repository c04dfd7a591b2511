import { CfnGatewayResponse, CfnResource, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Reference, Stack, Tokenization } from 'aws-cdk-lib/core';
import type { ApiParts, FinishedResource } from './api-parts';
import { show } from './rendered';
import type { Problem } from '../../model/problem';
import { isVariable } from '../../model/route';

/** Checks what an API has once only, however it was added: path variables of one place, and gateway responses of one type. */
export function checkApiParts(api: RestApi, parts: ApiParts): Problem[] {
  return [
    ...checkVariables(parts.of(CfnResource.CFN_RESOURCE_TYPE_NAME)),
    ...checkResponses(api, parts.of(CfnGatewayResponse.CFN_RESOURCE_TYPE_NAME)),
  ];
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
  const first = new Map<string, FinishedResource>();
  return resources.flatMap((each): [FinishedResource, FinishedResource][] => {
    const earlier = first.get(keyOf(each));
    if (earlier === undefined) first.set(keyOf(each), each);
    return earlier === undefined ? [] : [[each, earlier]];
  });
}

/** The parent resource, the same in every stack that refers to it. */
function parentOf({ resource, properties }: FinishedResource): string {
  const token = resource instanceof CfnResource ? Tokenization.reverseString(resource.parentId).firstToken : undefined;
  if (Reference.isReference(token)) return `${token.target.node.path} ${token.displayName}`;
  return `${Stack.of(resource).node.path} ${JSON.stringify(properties.ParentId)}`;
}
