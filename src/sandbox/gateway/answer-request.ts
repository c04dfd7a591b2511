import type { IncomingMessage } from 'node:http';
import { sandboxAnswer, unsendable, type Answer, type RequestIds } from './answer';
import { authorize, type Authorization } from './authorize';
import { explainDecision } from './explain-decision';
import type { GatewayPlan, MethodPlan, StagePlan } from './gateway-plan';
import { gatewayResponsesOf, type GatewayError, type GatewayResponseType } from './gateway-response';
import type { GatewayResponseValues } from './gateway-response-values';
import type { Integrate } from './integrate';
import { claimTexts, requestTimeText } from './integrations/claim-texts';
import { badGateway, type IntegrationAnswer, type IntegrationRequest } from './integrations/integration-call';
import { headerPairs } from './integrations/integration-headers';
import { pathDoubt } from './path-doubt';
import { decodedParameters } from './path-parameters';
import { MAX_BODY_BYTES, readBody } from './read-body';
import { headerValues } from './read-credentials';
import { FORBIDDEN, MISSING_AUTHENTICATION_TOKEN, refusalOf } from './refusal';
import { readRequestTarget } from './request-target';
import type { AccessModel, Method } from '../../model/access-model';
import { answeringMethods } from '../../model/answering-methods';
import { indexOf } from '../../model/model-index';
import { VERBS } from '../../model/route';
import type { VerifyToken } from '../cognito/verify-token';

/** What a request is answered by. */
export interface Answering {
  readonly model: AccessModel;
  readonly plan: GatewayPlan;
  readonly verifyToken: VerifyToken;
  readonly integrate: Integrate;
}

/** An answer, and what the log says of it. */
export interface Exchange {
  readonly answer: Answer;
  readonly reason: string;
  /** Path behind the stage, without query. */
  readonly path: string;
  /** API and stage. */
  readonly subject?: string;
  /** Name of the client whose token it is. */
  readonly client?: string;
}

/** A request to a stage, as far as it is known what it asks for. */
interface StageRequest {
  readonly incoming: IncomingMessage;
  readonly ids: RequestIds;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly stage: StagePlan;
  readonly verb: string;
  readonly path: string;
  readonly query: string;
  readonly method?: Method;
  readonly plan?: MethodPlan;
}

/** What came of a request, without what is known before. */
type Outcome = Pick<Exchange, 'answer' | 'reason' | 'client'>;

/* API Gateway: a method has one of these verbs; ANY stands for the others. */
const REQUEST_VERBS: readonly string[] = VERBS.filter((verb) => verb !== 'ANY');

/**
 * The longest URL of a Regional API, its host name left out («Quotas for configuring and running a REST API in API Gateway», 2026);
 * what a longer one is answered is «unverified».
 */
const MAX_URL_CHARACTERS = 10_240;

/** Where there is no stage, there is no API whose gateway responses could be asked. */
const WITHOUT_API = gatewayResponsesOf({ gatewayResponses: [] }, (value) => value);

/**
 * Answers a request: route, authorizer and resource policy, API key, request validator, integration, in this order (API Gateway developer
 * guide, «API Gateway authorization flow», 2026). The verdict is that of `decide`.
 */
export async function answerRequest(answering: Answering, incoming: IncomingMessage, ids: RequestIds, time: number): Promise<Exchange> {
  const { url = '', method: verb = '' } = incoming;
  const target = readRequestTarget(url);
  if (target === undefined || !answering.plan.slugs.has(target.slug)) {
    const served = [...answering.plan.slugs].map((slug) => `/apis/${slug}`).join(', ');
    const answer = sandboxAnswer(404, 'not-served', 'the sandbox serves no such API', `it serves ${served || 'none'}`);
    return { answer, reason: 'no such API', path: url.split('?', 1)[0] };
  }
  const { slug, path, query } = target;
  const stage = answering.plan.stage(slug, target.stage);
  if (stage === undefined) {
    const answer = WITHOUT_API(FORBIDDEN, { context: {}, stageVariables: {}, rawHeaders: [], query: '', pathParameters: {} });
    return { answer, reason: 'no such stage', path, subject: slug };
  }
  const subject = `${stage.shownName} ${stage.stage}`;
  try {
    return { ...await answerStage(answering, { incoming, ids, time, stage, verb, path, query }), path, subject };
  } catch (error) {
    return { answer: sandboxAnswer(500, 'failed', 'the sandbox failed'), reason: `the sandbox failed: ${(error as Error).message}`, path, subject };
  }
}

async function answerStage(answering: Answering, request: StageRequest): Promise<Outcome> {
  const { model, verifyToken } = answering;
  const { stage, verb, path, query, incoming } = request;
  if (stage.stage.length + path.length + query.length > MAX_URL_CHARACTERS) {
    const reason = `the URL is longer than the ${MAX_URL_CHARACTERS} characters that API Gateway takes`;
    return { answer: ownAnswer(request, sandboxAnswer(414, 'cannot-tell', reason), 'DEFAULT_4XX'), reason };
  }
  if (!REQUEST_VERBS.includes(verb)) return gatewayAnswer(request, MISSING_AUTHENTICATION_TOKEN, `noRoute: ${verb} is no verb of a method`);
  const index = indexOf(model);
  const methodsOf = (each: string) => answeringMethods(index, { api: stage.id, verb, path: each });
  const doubt = pathDoubt(path, (each) => methodsOf(each).map(({ method }) => method.id).join());
  if (doubt !== undefined) {
    const message = 'the sandbox cannot tell to which method API Gateway leads this path';
    return { answer: ownAnswer(request, sandboxAnswer(403, 'cannot-tell', message, doubt), 'MISSING_AUTHENTICATION_TOKEN'), reason: `noRoute: ${doubt}` };
  }
  const method = methodsOf(path).at(0)?.method;
  const plan = method && answering.plan.method(method);
  const routed: StageRequest = { ...request, ...(method && { method }), ...(plan && { plan }) };
  const carried = { rawHeaders: incoming.rawHeaders, query };
  const authorization = await authorize(model, { api: stage.id, verb, path }, method, plan, stage, carried, verifyToken);
  const reason = explainDecision(authorization.decision, method?.access, authorization.presented);
  const outcome = await answerAuthorized(answering, routed, authorization, reason);
  const client = clientOf(authorization);
  return { ...outcome, ...(client !== undefined && { client }) };
}

async function answerAuthorized(answering: Answering, request: StageRequest, authorization: Authorization, reason: string): Promise<Outcome> {
  const { decision } = authorization;
  const { method, plan } = request;
  switch (decision.verdict) {
    case 'deny': return gatewayAnswer(request, refusalOf(decision.reason, `${request.stage.shownArn}/${request.verb}${request.path}`), reason);
    case 'unknown': {
      const message = 'the sandbox cannot tell whether API Gateway allows this request';
      return { answer: ownAnswer(request, sandboxAnswer(501, 'cannot-tell', message, reason), 'DEFAULT_5XX'), reason };
    }
  }
  if (method === undefined || plan === undefined || method.id !== decision.method) throw new Error('another method is allowed than the one that answers');
  const body = await readBody(request.incoming);
  if (body === 'broken') {
    const message = 'the body of the request is incomplete';
    return { answer: sandboxAnswer(400, 'failed', message), reason: message };
  }
  if (body === 'tooLarge') {
    const message = `HTTP content length exceeded ${MAX_BODY_BYTES} bytes`;
    return gatewayAnswer(request, { type: 'REQUEST_TOO_LARGE', message }, message);
  }
  const call = integrationRequest(request, method, plan, authorization, body);
  const { rawHeaders } = request.incoming;
  const invalid = plan.validation?.check({ rawHeaders, query: call.query, pathParameters: decodedParameters(call.pathParameters), body });
  if (invalid !== undefined) return gatewayAnswer(request, invalid, invalid.message, authorization);
  return integrationOutcome(request, await answering.integrate(method.id, call), reason, authorization);
}

function integrationRequest(
  request: StageRequest, method: Method, plan: MethodPlan, authorization: Authorization, body: Uint8Array,
): IntegrationRequest {
  const { incoming, ids, time, stage, verb, path, query } = request;
  const { token, apiKey } = authorization;
  return {
    verb,
    path,
    resourcePath: plan.resourcePath,
    pathParameters: plan.pathParameters(path),
    query: query === '' ? [] : [...new URLSearchParams(query)],
    rawQuery: query,
    headers: headerPairs(incoming.rawHeaders),
    body,
    api: stage.api,
    ...ids,
    time,
    sourceIp: sourceIp(incoming),
    protocol: `HTTP/${incoming.httpVersion}`,
    resourceId: plan.resourceId,
    ...(plan.tokenHeader !== undefined && token && { claims: token.claims }),
    ...(apiKey && method.apiKeyRequired !== false && { apiKey: { id: apiKey.id, value: apiKey.value } }),
  };
}

function integrationOutcome(request: StageRequest, answer: IntegrationAnswer, reason: string, authorization: Authorization): Outcome {
  switch (answer.kind) {
    case 'cannotRun': {
      const { reason: why } = answer;
      return { answer: ownAnswer(request, sandboxAnswer(501, 'cannot-run', 'the sandbox cannot run this integration', why), 'DEFAULT_5XX'), reason: why };
    }
    case 'failure': {
      const { responseType: type, message, status } = answer;
      return gatewayAnswer(request, { type, message, status }, answer.reason, authorization);
    }
    case 'response': {
      const fault = unsendable(answer);
      if (fault === undefined) return { answer, reason };
      return integrationOutcome(request, badGateway(`the answer of the integration cannot be sent: ${fault}`), reason, authorization);
    }
  }
}

/** An answer of the sandbox itself, with the CORS headers of an error of the API: a browser shows an application nothing without them. */
function ownAnswer(request: StageRequest, own: Answer, type: GatewayResponseType): Answer {
  const { headers } = request.stage.responses({ type, message: '' }, responseValues(request));
  return { ...own, headers: [...own.headers, ...headers.filter(([name]) => /^(?:access-control-.*|vary)$/i.test(name))] };
}

function gatewayAnswer(request: StageRequest, error: GatewayError, reason: string, authorization?: Authorization): Outcome {
  return { answer: request.stage.responses(error, responseValues(request, authorization)), reason };
}

function responseValues({ incoming, ids, time, stage, verb, path, query, plan }: StageRequest, authorization?: Authorization): GatewayResponseValues {
  const { rawHeaders } = incoming;
  const claims = Object.entries(claimTexts(authorization?.token?.claims ?? {})).map(([name, value]) => [`authorizer.claims.${name}`, value]);
  return {
    context: {
      ...Object.fromEntries(claims),
      'accountId': stage.api.account,
      'apiId': stage.api.id,
      'domainName': headerValues(rawHeaders, 'host')[0],
      'extendedRequestId': ids.extendedRequestId,
      'httpMethod': verb,
      'identity.sourceIp': sourceIp(incoming),
      'identity.userAgent': headerValues(rawHeaders, 'user-agent')[0],
      'path': `/${stage.stage}${path}`,
      'protocol': `HTTP/${incoming.httpVersion}`,
      'requestId': ids.requestId,
      'requestTime': requestTimeText(time),
      'requestTimeEpoch': String(time),
      'resourceId': plan?.resourceId,
      'resourcePath': plan?.resourcePath,
      'stage': stage.stage,
    },
    stageVariables: stage.api.stageVariables,
    rawHeaders,
    query,
    pathParameters: decodedParameters(plan?.pathParameters(path) ?? {}),
  };
}

/** The client that a token names: access tokens by `client_id`, ID tokens by `aud`. */
function clientOf({ token }: Authorization): string | undefined {
  const id = token?.claims.client_id ?? token?.claims.aud;
  return typeof id === 'string' ? token?.pool.clients.get(id)?.name ?? id : undefined;
}

function sourceIp({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
