/**
 * Program that runs one Lambda function in a process of its own: it takes invocations from the runner one at a time
 * and keeps Lambda's contract for Node.js handlers.
 *
 * Unlike in Lambda, what a function leaves running goes on between invocations: nothing freezes the process.
 */
import { realpathSync } from 'node:fs';
import { endWithParent } from './end-with-parent';
import type { FunctionError, HostAnswer, HostRequest, InvokeMessage, StartMessage } from './host-protocol';
import { type Handler, loadHandler } from './load-handler';
import { functionErrorOf, stackOf } from './thrown-value';

/** The last version of the runtime with callbacks, and with the methods of the context that end an invocation (Lambda developer guide, Node.js 24). */
const LAST_RUNTIME_WITH_CALLBACKS = 22;
const MAX_MESSAGE_CHARACTERS = 16_384;
const STREAMED = Symbol('streamed');

const channel = process.channel as unknown as { ref(): void; unref(): void };
const send = process.send!.bind(process) as (answer: HostAnswer, sent?: () => void) => void;
const write = process.stdout.write.bind(process.stdout) as (text: string) => void;
let started: StartMessage | undefined;
let handler: Handler | undefined;
/** The invocation that runs, and its answer where that waits for the event loop to be empty. */
let running: { readonly requestId: string; answer?: HostAnswer } | undefined;

// One stream keeps the order of what a function prints.
Object.defineProperty(process, 'stderr', { get: () => process.stdout });
// The channel is the host's own.
process.send = undefined;
process.on('disconnect', () => process.exit());
process.on('message', (message: HostRequest) => (message.kind === 'start' ? start(message) : invoke(message)));
process.on('beforeExit', () => answer(running?.answer ?? { kind: 'result' }));
process.on('uncaughtException', (error) => fail(functionErrorOf(error), error));
process.on('unhandledRejection', (error) =>
  fail({ type: 'Runtime.UnhandledPromiseRejection', message: functionErrorOf(error).message }, error));
(globalThis as { awslambda?: object }).awslambda = {
  streamifyResponse: (streamed: Handler) => Object.assign(streamed, { [STREAMED]: true }),
  HttpResponseStream: { from: () => undefined },
};

async function start(message: StartMessage): Promise<void> {
  started = message;
  const loaded = await loadHandler(realpathSync(message.folder), message.handler);
  const fault = typeof loaded === 'function' ? faultOf(loaded, message.runtime) : loaded;
  if (fault) return fail(fault);
  handler = loaded as Handler;
  send({ kind: 'ready' });
  endWithParent();
}

function faultOf(loaded: Handler, runtime: string): FunctionError | undefined {
  if (STREAMED in loaded) {
    return { type: 'Sandbox.ResponseStreaming', message: 'the sandbox does not run handlers of awslambda.streamifyResponse' };
  }
  if (loaded.length > 2 && !hasCallbacks(runtime)) {
    return { type: 'Runtime.CallbackHandlerDeprecated', message: `${runtime} does not take handlers with a callback; the handler has ${loaded.length} parameters` };
  }
  return undefined;
}

function hasCallbacks(runtime: string): boolean {
  const version = Number(/^nodejs(\d+)/.exec(runtime)?.[1]);
  return !(version > LAST_RUNTIME_WITH_CALLBACKS);
}

function invoke({ requestId, event, deadline }: InvokeMessage): void {
  const invocation: NonNullable<typeof running> = { requestId };
  running = invocation;
  // From here on an empty event loop means that the function has nothing left to do.
  channel.unref();
  // These do not wait for the event loop to be empty.
  const done = (error?: unknown, result?: unknown) => answer(error === undefined || error === null ? resultOf(result) : thrown(error), invocation);
  const context = {
    ...started!.context,
    ...(hasCallbacks(started!.runtime) && { done, succeed: (result?: unknown) => done(null, result), fail: (error?: unknown) => done(error ?? 'handled') }),
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  const callback = (error?: unknown, result?: unknown) => {
    if (running !== invocation || invocation.answer) return;
    invocation.answer = error === undefined || error === null ? resultOf(result) : thrown(error);
    if (!context.callbackWaitsForEmptyEventLoop) answer(invocation.answer, invocation);
  };
  try {
    const returned = handler!(JSON.parse(event), context, callback);
    // What else a handler returns than a promise is ignored, as in Lambda.
    if (typeof (returned as PromiseLike<unknown> | undefined)?.then === 'function') {
      (returned as PromiseLike<unknown>).then(
        (result) => answer(resultOf(result), invocation),
        (error) => answer(thrown(error), invocation),
      );
    }
  } catch (error) {
    answer(thrown(error), invocation);
  }
}

/** Answers the invocation that runs, once. */
function answer(message: HostAnswer, invocation = running): void {
  if (running === undefined || invocation !== running) return;
  running = undefined;
  channel.ref();
  endOutput();
  send(message);
}

/** Reports an error after which Lambda starts a new environment. */
function fail(fault: FunctionError, error?: unknown): void {
  if (error !== undefined) print(error);
  running = undefined;
  endOutput();
  send({ kind: 'error', ...short(fault), fatal: true }, () => process.exit(1));
}

function resultOf(result: unknown): HostAnswer {
  let payload: string | undefined;
  try {
    payload = JSON.stringify(result);
  } catch (error) {
    return { kind: 'error', type: 'Runtime.MarshalError', message: `the result is no JSON: ${functionErrorOf(error).message.split('\n')[0]}`, fatal: false };
  }
  const bytes = Buffer.byteLength(payload ?? '');
  const { maxResultBytes } = started!;
  if (bytes <= maxResultBytes) return { kind: 'result', payload };
  return {
    kind: 'error',
    type: 'Function.ResponseSizeTooLarge',
    message: `response payload size exceeded maximum allowed payload size (${maxResultBytes} bytes), got ${bytes}`,
    fatal: false,
  };
}

function thrown(error: unknown): HostAnswer {
  print(error);
  return { kind: 'error', ...short(functionErrorOf(error)), fatal: false };
}

function short({ type, message }: FunctionError): FunctionError {
  return { type: type.slice(0, 200), message: message.slice(0, MAX_MESSAGE_CHARACTERS) };
}

/** Lambda logs the errors of handlers with their stack. */
function print(error: unknown): void {
  write(`${stackOf(error).slice(0, MAX_MESSAGE_CHARACTERS)}\n`);
}

function endOutput(): void {
  // The line break ends a line that the function left open.
  write(`\n${started?.endOfOutput}\n`);
}
