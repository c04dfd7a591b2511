import { integrationRequest } from './integration-request';
import type { IntegrationResponse, MockIntegration } from '../../../../src/model/runtime-model';
import type { IntegrationRequest } from '../../../../src/sandbox/gateway/integrations/integration-call';
import { mock } from '../../../../src/sandbox/gateway/integrations/mock';

const UNKNOWN = { unknown: 'the parameter Text has no default' };

function response(members: Partial<IntegrationResponse> = {}): IntegrationResponse {
  return { statusCode: '200', responseParameters: {}, responseTemplates: {}, ...members };
}

function integration(members: Partial<MockIntegration> = {}): MockIntegration {
  const requestTemplates = { 'application/json': '{"statusCode": 200}' };
  return { kind: 'mock', requestTemplates, passthroughBehavior: 'NEVER', responses: [response()], ...members };
}

function answerTo(members: Partial<MockIntegration>, request: Partial<IntegrationRequest> = {}) {
  return mock(integration(members), integrationRequest(request));
}

/** The body of a response with this template. */
function bodyOf(template: string, request: Partial<IntegrationRequest> = {}): unknown {
  const answer = answerTo({ responses: [response({ responseTemplates: { 'application/json': template } })] }, request);
  return answer.kind === 'response' ? answer.body : answer;
}

describe('a mock', () => {
  test('answers a preflight request as the CDK declares it', () => {
    expect(answerTo({
      requestTemplates: { 'application/json': '{ statusCode: 204 }' },
      responses: [response({
        statusCode: '204',
        responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Vary': "'Origin'" },
      })],
    }, { verb: 'OPTIONS', body: new Uint8Array(), headers: [] })).toEqual({
      kind: 'response', status: 204, headers: [['Content-Type', 'application/json'], ['Access-Control-Allow-Origin', '*'], ['Vary', 'Origin']], body: '',
    });
  });

  test.each([
    ['{"statusCode": 404}', 404], ['{"statusCode": 409}', 499], ['{"statusCode": 503}', 200], ['{"statusCode": 40}', 200],
  ])('chooses the response by %s', (template, status) => {
    expect(answerTo({
      requestTemplates: { 'application/json': template },
      responses: [
        response({ statusCode: '404', selectionPattern: '404' }), response({ statusCode: '499', selectionPattern: '4\\d{2}' }), response({ selectionPattern: '' }),
      ],
    })).toMatchObject({ kind: 'response', status });
  });

  test.each([
    ['no code', '{}', [response()], /no integer statusCode/],
    ['a text as code', '{"statusCode": "200"}', [response()], /no integer statusCode/],
    ['what is no JSON', 'not JSON: [', [response()], /no integer statusCode/],
    ['no response for the code', '{"statusCode": 200}', [response({ selectionPattern: '5..' })], /no response for the status code 200/],
  ])('fails with %s', (_, template, responses, reason) => {
    expect(answerTo({ requestTemplates: { 'application/json': template }, responses })).toEqual({
      kind: 'failure', responseType: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error', reason: expect.stringMatching(reason),
    });
  });

  test('reads what a caller wrote without a warning on the terminal', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
    try {
      const passing = { passthroughBehavior: 'WHEN_NO_MATCH', requestTemplates: {} };
      expect(answerTo(passing, { body: Buffer.from('!tag { statusCode: 200 }') })).toMatchObject({ kind: 'response' });
      expect(emitWarning).not.toHaveBeenCalled();
    } finally {
      emitWarning.mockRestore();
    }
  });

  const body = Buffer.from('{"statusCode": 200}');
  const json = { 'application/json': '{"statusCode": 200}' };
  test.each([
    ['NEVER', json, 'application/json', 'response'], ['NEVER', json, 'application/json; charset=utf-8', 'response'], ['NEVER', json, undefined, 'response'],
    ['NEVER', json, 'text/plain', 415], ['NEVER', {}, 'text/plain', 415],
    ['WHEN_NO_TEMPLATES', json, 'text/plain', 415], ['WHEN_NO_TEMPLATES', {}, 'text/plain', 'response'],
    ['WHEN_NO_MATCH', json, 'text/plain', 'response'], ['WHEN_NO_MATCH', {}, 'text/plain', 'response'],
  ])('with passthrough %s and templates %j answers %s: %s', (passthroughBehavior, requestTemplates, type, expected) => {
    const answer = answerTo({ passthroughBehavior, requestTemplates }, { body, headers: type === undefined ? [] : [['content-type', type]] });
    if (expected === 415) expect(answer).toMatchObject({ kind: 'failure', responseType: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message: 'Unsupported Media Type' });
    else expect(answer).toMatchObject({ kind: expected, status: 200 });
  });

  test.each<[string, string | undefined]>([
    ['text/plain', 'text'], ['application/json', 'json'], ['image/png', 'json'],
  ])('takes the response template that the caller accepts: %s', (accept, expected) => {
    const responses = [response({ responseTemplates: { 'text/plain': 'text', 'application/json': 'json' } })];
    const answer = answerTo({ responses }, { headers: [['accept', accept]] });
    expect(answer).toMatchObject({ body: expected, headers: [['Content-Type', expected === 'text' ? 'text/plain' : 'application/json']] });
  });

  test.each<[string, string | undefined]>([
    ["'a ''quoted'' text'", "a ''quoted'' text"], ['method.request.path.id', 'a%2Bb'], ['method.request.querystring.q', '2 3'],
    ['method.request.multivaluequerystring.q', '1,2 3'], ['method.request.header.X-Two', 'b'], ['method.request.multivalueheader.x-two', 'a,b'],
    ['context.identity.sourceIp', '127.0.0.1'], ['context.authorizer.claims.sub', 'user'], ['stageVariables.color', 'blue'],
    ['stageVariables.constructor', undefined], ['method.request.path.constructor', undefined], ['method.request.header.none', undefined], ['integration.response.body', undefined], ['context.identity', undefined],
  ])('maps %s to a header', (expression, value) => {
    const responses = [response({ responseParameters: { 'method.response.header.X': expression } })];
    const headers = value === undefined ? [] : [['X', value]];
    expect(answerTo({ responses }, { claims: { sub: 'user' } })).toMatchObject({ headers: [['Content-Type', 'application/json'], ...headers] });
  });
});

describe('a mapping template', () => {
  test.each([
    ['{"message": "hello"}', '{"message": "hello"}'],
    ['costs $5 or $ 5, #1', 'costs $5 or $ 5, #1'],
    ["$input.params('id') $input.params(\"q\") $input.params('x-two') [$input.params('none')]", 'a+b 2 3 b []'],
    ['$context.requestId/${context.stage}/$!context.identity.sourceIp', '0d1e2f30-4152-6374-8596-a7b8c9dadbec/prod/127.0.0.1'],
    ["$stageVariables.color ${stageVariables.color} $stageVariables['color'] [$stageVariables.none]", 'blue blue blue []'],
    ['$context.authorizer.claims.sub.', 'user.'],
    ["$context.authorizer.claims['custom:a.b'] ${context.authorizer[\"claims\"][\"sub\"]}", 'team user'],
    ["[$context.authorizer.claims['none']]", '[]'],
    ['a ## comment $util.x\nb #* and\n#if *#c', 'a b c'],
    ['$unknown $someone.else', '$unknown $someone.else'],
  ])('%s is substituted', (template, text) => {
    expect(bodyOf(template, { claims: { 'sub': 'user', 'custom:a.b': 'team' } })).toBe(text);
  });

  test.each([
    ['#set($x = 1)$x', '#set'], ['#if($x)a#end', '#if'], ['#foreach($i in $l)$i#end', '#foreach'], ['#{if}(1)#end', '#if'],
    ["$util.escapeJavaScript('x')", '$util.escapeJavaScript'], ["$input.json('$')", "$input.json('$')"], ['$input.params().header', '$input.params().header'],
    ['$context.identity.toString()', '$context.identity.toString()'],
  ])('%s cannot run', (template, what) => {
    expect(bodyOf(template)).toEqual({ kind: 'cannotRun', reason: expect.stringContaining(`has ${what}`) });
  });

  test.each([
    ["$input.path('$.code')", 'response'], ["$input.json('$.code')", 'response'], ["$input.json('$.list[1]')", 'response'], ["$input.path('$.none')", 'failure'],
    ["$input.path('$')", 'cannotRun'], ["$input.path('$.list[?(@.x)]')", 'cannotRun'],
  ])('of a request reads its body: %s', (reference, kind) => {
    const answer = answerTo({ requestTemplates: { 'application/json': `{"statusCode": ${reference}}` } }, { body: Buffer.from('{"code": 200, "list": [1, 200]}') });
    expect(answer.kind).toBe(kind);
  });

  test('of a request that is nested deeper than the stack cannot run', () => {
    const body = Buffer.from('['.repeat(1_000_000) + ']'.repeat(1_000_000));
    expect(answerTo({ requestTemplates: { 'application/json': '{"statusCode": $input.json("$")}' } }, { body })).toMatchObject({ kind: 'cannotRun' });
  });

  test.each<[string, Partial<MockIntegration>]>([
    ['request template', { requestTemplates: { 'application/json': UNKNOWN } }],
    ['response template', { responses: [response({ responseTemplates: { 'application/json': UNKNOWN } })] }],
    ['status code', { responses: [response({ statusCode: UNKNOWN })] }],
    ['selection pattern', { responses: [response({ selectionPattern: UNKNOWN })] }],
    ['header', { responses: [response({ responseParameters: { 'method.response.header.X': UNKNOWN } })] }],
    ['passthrough behavior', { passthroughBehavior: UNKNOWN, requestTemplates: {} }],
  ])('or %s that is not known cannot run', (_, members) => {
    expect(answerTo(members)).toEqual({ kind: 'cannotRun', reason: expect.stringContaining(UNKNOWN.unknown) });
  });
});
