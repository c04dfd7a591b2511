import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { ApiError } from './api-error';
import { callOf, type ApiContext, type Subjects } from './call';
import { OPERATIONS } from './operations';
import { limitBody } from '../../limit-body';
import type { SandboxLog } from '../../sandbox-log';

/** What the API of Cognito is made from. */
export interface CognitoApiOptions extends ApiContext {
  readonly log: SandboxLog;
}

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';
/** More than any call needs: the longest lists of the service model fit. */
const MAX_BODY_BYTES = 1024 * 1024;
/** More than the service model nests. */
const MAX_DEPTH = 20;
/** Methods of objects are no operations. */
const operations = new Map(Object.entries(OPERATIONS));

/**
 * Makes the JSON API of Cognito (`cognito-idp`), to be mounted at `/cognito-idp`: what the AWS CLI and SDKs reach with an endpoint URL.
 *
 * AWS credentials are not checked: each call counts as one that IAM allows, signed or not. Operations that the sandbox does not have
 * answer `UnknownOperationException`. Changes act on the next token.
 */
export function createCognitoApi({ log, ...context }: CognitoApiOptions): Hono {
  const app = new Hono();
  const limit = limitBody(MAX_BODY_BYTES, (c) => answer(context, log, c, tooLarge));
  // With and without a slash at the end; the path says nothing else.
  app.post('/*', limit, (c) => answer(context, log, c, run));
  return app;
}

/** Gives the output of a call. */
type Run = (context: ApiContext, subjects: Subjects, name: string | undefined, c: Context) => Promise<object>;

async function tooLarge(): Promise<never> {
  throw new ApiError('SerializationException', 'The body is too large.', `the body is larger than ${MAX_BODY_BYTES} bytes`);
}

async function answer(context: ApiContext, log: SandboxLog, c: Context, output: Run): Promise<Response> {
  const time = context.clock();
  const requestId = randomUUID();
  const subjects: Subjects = {};
  const target = c.req.header('x-amz-target') ?? '';
  const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : undefined;
  const { error, response } = await output(context, subjects, name, c).then(
    (result) => ({ error: undefined, response: jsonAnswer(c, 200, requestId, result) }),
  ).catch((thrown: unknown) => {
    const refusal = thrown instanceof ApiError ? thrown : unexpected(thrown);
    return { error: refusal, response: errorAnswer(c, requestId, refusal) };
  });
  log.add({
    time,
    part: 'cognito-idp',
    what: name !== undefined && operations.has(name) ? name : shown(target),
    ...(subjects.pool !== undefined && { subject: subjects.pool }),
    status: response.status,
    ...(subjects.client !== undefined && { client: subjects.client }),
    ...(error !== undefined && { reason: error.reason === '' ? error.name : `${error.name}: ${error.reason}` }),
  });
  return response;
}

async function run(context: ApiContext, subjects: Subjects, name: string | undefined, c: Context): Promise<object> {
  const operation = operations.get(name ?? '');
  if (operation === undefined) throw new ApiError('UnknownOperationException', '', 'the sandbox does not have the operation');
  return operation(callOf(context, subjects), await bodyOf(c));
}

async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  // An empty body is an empty input to the service («unverified»).
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ApiError('SerializationException', '', 'the body is not JSON');
  }
  if (isDeeperThan(MAX_DEPTH, body)) throw new ApiError('SerializationException', '', `the body is nested more than ${MAX_DEPTH} levels deep`);
  return body;
}

/** Level by level: what recurses over a body is safe only after this. */
function isDeeperThan(depth: number, body: unknown): boolean {
  const containers = (values: readonly unknown[]) => values.filter((value): value is object => typeof value === 'object' && value !== null);
  let level = containers([body]);
  for (let each = 0; each < depth && level.length > 0; each++) level = containers(level.flatMap((value) => Object.values(value)));
  return level.length > 0;
}

/** An error of the sandbox itself. Its message may quote what came, so only its kind is told. */
function unexpected(thrown: unknown): ApiError {
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new ApiError('InternalErrorException', 'The sandbox failed to answer.', `the sandbox failed with ${kind}`);
}

function errorAnswer(c: Context, requestId: string, { name, message }: ApiError): Response {
  c.header('x-amzn-ErrorType', name);
  return jsonAnswer(c, name === 'InternalErrorException' ? 500 : 400, requestId, { __type: name, ...(message !== '' && { message }) });
}

function jsonAnswer(c: Context, status: 200 | 400 | 500, requestId: string, output: object): Response {
  return c.body(JSON.stringify(output), status, { 'Content-Type': CONTENT_TYPE, 'x-amzn-RequestId': requestId, 'Cache-Control': 'no-store' });
}

/** What a caller wrote in place of a known operation, short enough for the log. */
function shown(target: string): string {
  return target === '' ? 'call without X-Amz-Target' : JSON.stringify(target.slice(0, 80));
}
