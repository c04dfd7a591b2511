import { badGateway, integrationTimeout, type IntegrationAnswer, type IntegrationRequest } from './integration-call';
import { lambdaAnswer } from './lambda-answer';
import { lambdaEvent } from './lambda-event';
import type { FunctionRunner, InvocationResult, RunnableFunction } from '../../functions/function-runner';

/** Bytes of an event that Lambda takes for a synchronous invocation (Lambda developer guide, quotas: 6 MB). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** Bytes of a body whose event is surely short enough: one byte becomes six at the most, as in `\u0001`, and the rest needs less than half. */
const SHORT_BODY_BYTES = MAX_EVENT_BYTES / 12;

/**
 * Calls a function as a Lambda proxy integration does.
 *
 * `timeout` is that of the integration, in milliseconds. A function that takes longer goes on until its own timeout.
 */
export async function lambdaProxy(
  request: IntegrationRequest,
  functionToRun: RunnableFunction,
  timeout: number,
  runner: FunctionRunner,
): Promise<IntegrationAnswer> {
  const event = lambdaEvent(request);
  if (request.body.byteLength > SHORT_BODY_BYTES && Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) return tooLong();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeout);
  });
  const result = await Promise.race([runner.invoke(functionToRun, event), late]);
  clearTimeout(timer);
  return result === undefined ? integrationTimeout(timeout) : answerOf(result, functionToRun, request);
}

function answerOf(result: InvocationResult, { id, timeout }: RunnableFunction, request: IntegrationRequest): IntegrationAnswer {
  switch (result.kind) {
    case 'ok':
      return lambdaAnswer(result.payload, request);
    case 'error':
      // Errors of the sandbox itself say what it cannot run.
      return result.type.startsWith('Sandbox.')
        ? { kind: 'cannotRun', reason: `function ${id}: ${result.message}` }
        : badGateway(`function ${id} failed: ${result.type}: ${result.message}`);
    case 'timeout':
      return badGateway(`function ${id} did not answer within its timeout of ${timeout} s`);
    case 'exit':
      return badGateway(`function ${id}: ${result.reason}`);
  }
}

/** What API Gateway answers where Lambda does not take the event (public report of 2021-09-12, with status and body). */
function tooLong(): IntegrationAnswer {
  return {
    kind: 'response',
    status: 413,
    headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', 'BadRequestException']],
    body: '{"message": "Request Too Long"}',
  };
}
