import { VERBS } from '../../model/route';
import type { HttpProxyIntegration, Integration, IntegrationResponse, LambdaProxyIntegration, MockIntegration } from '../../model/runtime-model';
import { identityOf } from '../../model/value';
import { textMembers } from '../read-api-gateway';
import type { TemplateResource } from '../resources';
import { Unresolved, isResolvedObject, type Resolved, type ResolvedObject } from '../unresolved';
import { countValue, membersOf, requiredText, textValue, toUnknown, wordValue } from '../values';
import { invocationOf, type FunctionReferences } from './function-references';

/** Milliseconds until API Gateway gives up, where a template says nothing (API Gateway developer guide, quotas, 2026). */
const TIMEOUT = 29_000;

/** Reads the `Integration` of a method, in the words of `AWS::ApiGateway::Method`. */
export function readIntegration(value: Resolved, owner: TemplateResource, functions: FunctionReferences): Integration {
  if (value === undefined || value === null) return { kind: 'other', what: 'no integration' };
  if (!isResolvedObject(value)) {
    return { kind: 'other', what: `an integration that is not known: ${value instanceof Unresolved ? value.unknown : 'it is no object'}` };
  }
  const type = requiredText(value.Type, 'the type of the integration');
  if (typeof type !== 'string') return { kind: 'other', what: `an integration that is not known: ${type.unknown}` };
  if (textValue(value.ConnectionType, 'ConnectionType') === 'VPC_LINK') return { kind: 'other', what: 'an integration through a VPC link' };
  switch (type.toUpperCase()) {
    case 'MOCK': return mockFrom(value);
    case 'HTTP_PROXY': return httpProxyFrom(value);
    case 'HTTP': return { kind: 'other', what: 'an HTTP integration that is no proxy' };
    case 'AWS_PROXY': return serviceFrom(value) ?? lambdaProxyFrom(value, owner, functions);
    case 'AWS':
      return invocationOf(requiredText(value.Uri, 'Uri')) === undefined
        ? serviceFrom(value) ?? { kind: 'other', what: 'an AWS service integration' }
        : { kind: 'other', what: 'a Lambda integration that is no proxy' };
  }
  return { kind: 'other', what: `an integration of the unknown type ${JSON.stringify(type)}` };
}

function lambdaProxyFrom(value: ResolvedObject, owner: TemplateResource, functions: FunctionReferences): LambdaProxyIntegration | Integration {
  const uri = requiredText(value.Uri, 'the URI of the integration');
  const invocation = invocationOf(uri);
  if (invocation?.streams === true) return { kind: 'other', what: 'a Lambda integration that streams its response' };
  const reason = typeof uri === 'string' ? undefined : uri.unknown;
  return {
    kind: 'lambdaProxy',
    function: invocation === undefined
      ? { unknown: reason ?? 'the URI of the integration names no function' }
      : functions.of(invocation.function, owner, reason),
    timeout: countValue(value.TimeoutInMillis, 'TimeoutInMillis', TIMEOUT),
  };
}

/** An integration with a service other than Lambda, by its URI. */
function serviceFrom(value: ResolvedObject): Integration | undefined {
  const uri = identityOf(requiredText(value.Uri, 'Uri')) ?? '';
  const [, target] = /:apigateway:(?:\$\{[^}]*\}|[^:])*:([^:]+):(?:path|action)\//.exec(uri) ?? [];
  // Some services have a host before their name: `bucket.s3`.
  const service = target?.slice(target.lastIndexOf('.') + 1);
  return service === undefined || service === 'lambda' ? undefined : { kind: 'other', what: `an AWS service integration (${service})` };
}

function httpProxyFrom(value: ResolvedObject): HttpProxyIntegration {
  const { IntegrationHttpMethod: verb } = value;
  return {
    kind: 'httpProxy',
    url: requiredText(value.Uri, 'the URI of the integration'),
    verb: wordValue(typeof verb === 'string' ? verb.toUpperCase() : verb, 'IntegrationHttpMethod', VERBS),
    requestParameters: textMembers(value.RequestParameters),
    timeout: countValue(value.TimeoutInMillis, 'TimeoutInMillis', TIMEOUT),
  };
}

function mockFrom(value: ResolvedObject): MockIntegration {
  const { IntegrationResponses: responses, PassthroughBehavior: behavior } = value;
  const passthrough = textValue(behavior, 'PassthroughBehavior') ?? 'WHEN_NO_MATCH';
  return {
    kind: 'mock',
    requestTemplates: textMembers(value.RequestTemplates),
    passthroughBehavior: typeof passthrough === 'string' ? passthrough.toUpperCase() : passthrough,
    responses: (Array.isArray(responses) ? responses as readonly Resolved[] : responses === undefined ? [] : [responses]).map(responseFrom),
  };
}

function responseFrom(value: Resolved): IntegrationResponse {
  const { StatusCode: status, SelectionPattern: pattern, ResponseParameters: parameters, ResponseTemplates: templates } = membersOf(value);
  const selectionPattern = textValue(pattern, 'SelectionPattern');
  return {
    statusCode: value instanceof Unresolved ? toUnknown(value) : requiredText(status, 'the status code of an integration response'),
    ...(selectionPattern !== undefined && { selectionPattern }),
    responseParameters: textMembers(parameters),
    responseTemplates: textMembers(templates),
  };
}

/** The extension `x-amazon-apigateway-integration` in the words of CloudFormation. */
export function integrationOfExtension(extension: Resolved): Resolved {
  if (!isResolvedObject(extension)) return extension;
  const { responses } = extension;
  return {
    Type: extension.type,
    Uri: extension.uri,
    IntegrationHttpMethod: extension.httpMethod,
    ConnectionType: extension.connectionType,
    TimeoutInMillis: extension.timeoutInMillis,
    RequestParameters: extension.requestParameters,
    RequestTemplates: extension.requestTemplates,
    PassthroughBehavior: extension.passthroughBehavior,
    IntegrationResponses: responses instanceof Unresolved ? responses : Object.entries(membersOf(responses)).map(([pattern, response]) => {
      if (response instanceof Unresolved) return response;
      const { statusCode, responseParameters, responseTemplates } = membersOf(response);
      return {
        StatusCode: statusCode,
        ...(pattern !== 'default' && { SelectionPattern: pattern }),
        ResponseParameters: responseParameters,
        ResponseTemplates: responseTemplates,
      };
    }),
  };
}
