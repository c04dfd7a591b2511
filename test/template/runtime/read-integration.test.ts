import { OPEN, UNKNOWN, runtimeOf, runtimeOfResources } from './runtime-of';
import type { Integration } from '../../../src/model/runtime-model';
import { source } from '../templates';

const URI = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/';
const FUNCTION = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'list-photos' } };
const API = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } } };

const method = (integration: unknown) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET', Integration: integration },
});
const integrationOf = (integration: unknown, more: object = {}): Integration => {
  return runtimeOfResources({ ...API, Fn: FUNCTION, ...more, Get: method(integration) }).methods[0].integration;
};
const lambda = (uri: unknown, more: object = {}) => integrationOf({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri }, more);
/** The URI around what a template writes for a function. */
const around = (name: unknown) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' },
    ':lambda:path/2015-03-31/functions/', name, '/invocations']],
});

describe('the function behind a method is found', () => {
  const VERSION = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } };
  const alias = (FunctionName: unknown) => ({ Type: 'AWS::Lambda::Alias', Properties: { FunctionName, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] }, Name: 'live' } });
  test.each<readonly [string, unknown, object]>([
    ['by its ARN', around({ 'Fn::GetAtt': ['Fn', 'Arn'] }), {}],
    ['by its ARN in Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations' }, {}],
    ['by its ARN with the name of an alias behind it', around({ 'Fn::Sub': '${Fn.Arn}:live' }), {}],
    ['by its name in an ARN', around({ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}' }), {}],
    ['by its literal name in an ARN', `${URI}arn:aws:lambda:eu-west-1:111122223333:function:list-photos/invocations`, {}],
    ['by its literal name in an ARN with an alias', `${URI}arn:aws:lambda:eu-west-1:111122223333:function:list-photos:live/invocations`, {}],
    ['by an alias', around({ Ref: 'Alias' }), { Alias: alias({ 'Fn::GetAtt': ['Fn', 'Arn'] }), Version: VERSION }],
    ['by an alias of a literal name', around({ Ref: 'Alias' }), { Alias: alias('list-photos'), Version: VERSION }],
    ['by a version', around({ Ref: 'Version' }), { Version: VERSION }],
    ['by the ARN of a version', around({ 'Fn::GetAtt': ['Version', 'FunctionArn'] }), { Version: VERSION }],
  ])('%s', (_, uri, more) => {
    expect(lambda(uri, more)).toEqual({ kind: 'lambdaProxy', function: 'App/Fn', timeout: 29_000 });
  });

  test('in another stack of the set', () => {
    const arn = { 'Fn::GetAtt': ['Fn', 'Arn'] };
    const other = source({ Resources: { Fn: FUNCTION }, Outputs: { Arn: { Value: arn, Export: { Name: 'fn' } } } }, { stack: 'Other' });
    const { methods } = runtimeOf(source({ Resources: { ...API, Get: method({ Type: 'AWS_PROXY', Uri: around({ 'Fn::ImportValue': 'fn' }) }) } }), other);
    expect(methods[0].integration).toMatchObject({ function: 'Other/Fn' });
  });

  test('in a parent stack, whose file has a dot in its name', () => {
    const parameters = { Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } };
    const parent = source({
      Resources: { Fn: FUNCTION, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: parameters } } },
    }, { stack: 'photo.template' });
    const nested = source(
      { Parameters: { Arn: { Type: 'String' } }, Resources: { ...API, Get: method({ Type: 'AWS_PROXY', Uri: around({ Ref: 'Arn' }) }) } },
      { stack: 'photo.template/Nested', nestedIn: { stack: 'photo.template', logicalId: 'Nested' } },
    );
    expect(runtimeOf(parent, nested).methods[0].integration).toMatchObject({ function: 'photo.template/Fn' });
  });

  test('of two with one name, in the stack of the method', () => {
    const uri = `${URI}arn:aws:lambda:eu-west-1:111122223333:function:list-photos/invocations`;
    const resources = { ...API, Fn: FUNCTION, Get: method({ Type: 'AWS_PROXY', Uri: uri }) };
    const { methods } = runtimeOf(source({ Resources: resources }, { stack: 'Dev' }), source({ Resources: resources }, { stack: 'Prod' }));
    expect(methods.map(({ integration }) => integration)).toMatchObject([{ function: 'Dev/Fn' }, { function: 'Prod/Fn' }]);
  });
});

describe('a function that no template declares', () => {
  const elsewhere = 'arn:aws:lambda:eu-west-1:111122223333:function:another';
  test.each<readonly [string, unknown, unknown]>([
    ['keeps its ARN', `${URI}${elsewhere}/invocations`, elsewhere],
    ['keeps its ARN in a URI that is not fixed', around(elsewhere), elsewhere],
    ['keeps its expression', around(OPEN), { unknown: 'AWS::Partition is known after deployment', expression: '${App/Open}' }],
    ['that a stage variable chooses is unknown', `${URI}arn:aws:lambda:eu-west-1:111122223333:function:\${stageVariables.fn}/invocations`,
      { unknown: 'a stage variable chooses the function: arn:aws:lambda:eu-west-1:111122223333:function:${stageVariables.fn}' }],
    ['that a stage variable chooses in an open URI is unknown', around({ 'Fn::Sub': 'list-${!stageVariables.fn}' }),
      { unknown: 'a stage variable chooses the function: list-${stageVariables.fn}' }],
    ['is unknown where the URI is', OPEN, { unknown: UNKNOWN.unknown }],
    ['is unknown where the URI names none', 'arn:aws:nothing', { unknown: 'the URI of the integration names no function' }],
    ['is unknown without a URI', undefined, { unknown: 'the URI of the integration is missing' }],
  ])('%s', (_, uri, expected) => {
    expect(lambda(uri)).toMatchObject({ kind: 'lambdaProxy', function: expected });
  });

  test('is not the one of its name in another Region', () => {
    const uri = `${URI}arn:aws:lambda:us-east-1:111122223333:function:list-photos/invocations`;
    const resources = { ...API, Fn: FUNCTION, Get: method({ Type: 'AWS_PROXY', Uri: uri }) };
    const inRegion = (region: string) => runtimeOf(source({ Resources: resources }, { environment: { region } })).methods[0].integration;
    expect(inRegion('us-east-1')).toMatchObject({ function: 'App/Fn' });
    expect(inRegion('eu-west-1')).toMatchObject({ function: 'arn:aws:lambda:us-east-1:111122223333:function:list-photos' });
  });

  test('is unknown behind an alias of what no template declares', () => {
    const alias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Absent' } } };
    expect(lambda(around({ Ref: 'Alias' }), { Alias: alias })).toMatchObject({ function: { expression: '${App/Alias}' } });
  });
});

describe('integrations that need AWS', () => {
  const uri = (service: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${service}` });
  test.each<readonly [unknown, string]>([
    [undefined, 'no integration'],
    ['text', 'an integration that is not known: it is no object'],
    [OPEN, `an integration that is not known: ${UNKNOWN.unknown}`],
    [{}, 'an integration that is not known: the type of the integration is missing'],
    [{ Type: OPEN }, `an integration that is not known: ${UNKNOWN.unknown}`],
    [{ Type: 'SOAP' }, 'an integration of the unknown type "SOAP"'],
    [{ Type: 'AWS', Uri: uri('dynamodb:action/Query') }, 'an AWS service integration (dynamodb)'],
    [{ Type: 'AWS_PROXY', Uri: uri('states:action/StartSyncExecution') }, 'an AWS service integration (states)'],
    [{ Type: 'AWS', Uri: uri('bucket.s3:path/{key}') }, 'an AWS service integration (s3)'],
    [{ Type: 'AWS', Uri: OPEN }, 'an AWS service integration'],
    [{ Type: 'AWS' }, 'an AWS service integration'],
    [{ Type: 'AWS', Uri: around({ 'Fn::GetAtt': ['Fn', 'Arn'] }) }, 'a Lambda integration that is no proxy'],
    [{ Type: 'AWS_PROXY', Uri: uri('lambda:path/2021-11-15/functions/${Fn.Arn}/response-streaming-invocations') },
      'a Lambda integration that streams its response'],
    [{ Type: 'HTTP', Uri: 'https://example.com' }, 'an HTTP integration that is no proxy'],
    [{ Type: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', ConnectionId: 'abc', Uri: 'https://example.com' }, 'an integration through a VPC link'],
  ])('%j', (integration, what) => {
    expect(integrationOf(integration)).toEqual({ kind: 'other', what });
  });
});

describe('HTTP proxies', () => {
  test('keep their URL, verb and mapped parameters', () => {
    expect(integrationOf({
      Type: 'HTTP_PROXY',
      IntegrationHttpMethod: 'ANY',
      Uri: 'https://example.com/{id}',
      RequestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.header.X': OPEN },
      TimeoutInMillis: 50,
    })).toEqual({
      kind: 'httpProxy',
      url: 'https://example.com/{id}',
      verb: 'ANY',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.header.X': UNKNOWN },
      timeout: 50,
    });
  });

  test('have unknown parts where the template has none or leaves them open', () => {
    expect(integrationOf({ Type: 'HTTP_PROXY', Uri: { 'Fn::Sub': 'https://${Open}/a' }, TimeoutInMillis: 'soon' })).toEqual({
      kind: 'httpProxy',
      url: { ...UNKNOWN, expression: 'https://${App/Open}/a' },
      verb: { unknown: 'IntegrationHttpMethod is missing' },
      requestParameters: {},
      timeout: { unknown: 'TimeoutInMillis is no whole number' },
    });
  });
});

describe('mocks', () => {
  test('keep their templates and responses in order', () => {
    expect(integrationOf({
      Type: 'MOCK',
      PassthroughBehavior: 'NEVER',
      RequestTemplates: { 'application/json': '{ "statusCode": 200 }' },
      IntegrationResponses: [
        { StatusCode: 200, ResponseParameters: { 'method.response.header.X': "'a'" }, ResponseTemplates: { 'application/json': '{}' } },
        { StatusCode: '404', SelectionPattern: '4\\d{2}' },
        OPEN,
        {},
      ],
    })).toEqual({
      kind: 'mock',
      requestTemplates: { 'application/json': '{ "statusCode": 200 }' },
      passthroughBehavior: 'NEVER',
      responses: [
        { statusCode: '200', responseParameters: { 'method.response.header.X': "'a'" }, responseTemplates: { 'application/json': '{}' } },
        { statusCode: '404', selectionPattern: '4\\d{2}', responseParameters: {}, responseTemplates: {} },
        { statusCode: UNKNOWN, responseParameters: {}, responseTemplates: {} },
        { statusCode: { unknown: 'the status code of an integration response is missing' }, responseParameters: {}, responseTemplates: {} },
      ],
    });
  });

  test('without anything pass bodies through where no template matches', () => {
    expect(integrationOf({ Type: 'MOCK' })).toEqual({ kind: 'mock', requestTemplates: {}, passthroughBehavior: 'WHEN_NO_MATCH', responses: [] });
  });
});
