import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { functionArn, functionEnvironment, logGroup } from './function-environment';
import type { InvocationResult, RunnableFunction } from './function-runner';
import type { HostAnswer, HostRequest } from './host-protocol';
import { splitOutput } from './output-lines';

/** Bytes of a synchronous response that Lambda takes (Lambda developer guide, quotas: 6 MB; the number is in its error message). */
const MAX_RESULT_BYTES = 6_291_556;
/** Milliseconds that a module may take to load (Lambda developer guide, init phase). */
const INIT_TIMEOUT = 10_000;
/** Milliseconds that an answer waits for the output that belongs before it. */
const OUTPUT_GRACE = 250;
const KEPT_OF_STDERR = 4096;

/** A Node.js process that runs one function, one invocation at a time. */
export interface FunctionProcess {
  /** Whether it can take another invocation. */
  readonly alive: boolean;
  /** Must not be called before the last invocation is answered. Never rejects. */
  invoke(event: object): Promise<InvocationResult>;
  /** Ends the process, and waits for its end. */
  kill(): Promise<void>;
}

/** Starts a process for a function whose code is in `folder`. */
export function startFunctionProcess(
  functionToRun: RunnableFunction,
  folder: string,
  host: string,
  onLine: (line: string) => void,
): FunctionProcess {
  const logStream = `sandbox/[$LATEST]${randomBytes(16).toString('hex')}`;
  const endOfOutput = `end of output ${randomUUID()}`;
  const child = spawn(process.execPath, [`--max-old-space-size=${functionToRun.memory}`, host], {
    cwd: folder,
    env: functionEnvironment(functionToRun, folder, logStream),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  let alive = true;
  let ready = false;
  let event: object | undefined;
  let settle: ((result: InvocationResult) => void) | undefined;
  let answer: InvocationResult | undefined;
  let outputEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let lastOfStderr = '';

  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      resolve();
      answered(answer ?? { kind: 'exit', reason: exitReason(code, signal) });
    });
    child.once('error', (error) => {
      alive = false;
      // Without a process there is no exit either.
      if (child.pid === undefined) resolve();
      answered(answer ?? { kind: 'exit', reason: `the process cannot be started: ${error.message}` });
    });
  });

  const output = splitOutput(endOfOutput, onLine, endOutput);
  child.stdout!.on('data', (chunk: Buffer) => output.write(chunk));
  child.stdout!.on('end', () => {
    output.end();
    endOutput();
  });
  // Only Node.js itself writes here: the host sends what the function prints to the other stream. Empty lines are left out.
  const faults = splitOutput('', onLine, () => undefined);
  child.stderr!.on('data', (chunk: Buffer) => {
    lastOfStderr = (lastOfStderr + chunk.toString('latin1')).slice(-KEPT_OF_STDERR);
    faults.write(chunk);
  });
  child.stderr!.on('end', () => faults.end());
  child.on('message', (message: HostAnswer) => {
    if (message.kind === 'ready') {
      ready = true;
      if (event && alive) call();
    } else if (message.kind === 'result') {
      answered({ kind: 'ok', payload: message.payload });
    } else {
      if (message.fatal) alive = false;
      answered({ kind: 'error', type: message.type, message: message.message });
    }
  });
  tell({
    kind: 'start',
    handler: functionToRun.handler,
    folder,
    runtime: functionToRun.runtime,
    endOfOutput,
    maxResultBytes: MAX_RESULT_BYTES,
    context: {
      functionName: functionToRun.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn(functionToRun),
      memoryLimitInMB: String(functionToRun.memory),
      logGroupName: logGroup(functionToRun.name),
      logStreamName: logStream,
    },
  });
  keepsParent(false);

  return {
    invoke(given) {
      return new Promise((resolve) => {
        settle = resolve;
        event = given;
        outputEnded = false;
        // A process that ended while it loaded has its answer already.
        if (answer) return finish();
        if (!alive) return answered({ kind: 'exit', reason: 'the process ended' });
        keepsParent(true);
        if (ready) call();
        else timer = setTimeout(expire, INIT_TIMEOUT);
      });
    },
    get alive() {
      return alive;
    },
    kill() {
      alive = false;
      // Who waits for the end must live until then.
      child.ref();
      child.kill('SIGKILL');
      return ended;
    },
  };

  function call(): void {
    clearTimeout(timer);
    const milliseconds = functionToRun.timeout * 1000;
    timer = setTimeout(expire, milliseconds);
    tell({ kind: 'invoke', requestId: randomUUID(), event: JSON.stringify(event), deadline: Date.now() + milliseconds });
  }

  function expire(): void {
    alive = false;
    child.kill('SIGKILL');
    answered({ kind: 'timeout' });
  }

  /** Takes the answer, and waits a little for the output before it. */
  function answered(result: InvocationResult): void {
    clearTimeout(timer);
    answer ??= result;
    if (!settle) return;
    if (outputEnded) finish();
    else timer = setTimeout(finish, OUTPUT_GRACE);
  }

  function endOutput(): void {
    outputEnded = true;
    if (answer) finish();
  }

  function finish(): void {
    clearTimeout(timer);
    const [resolve, result] = [settle, answer];
    [settle, answer, event] = [undefined, undefined, undefined];
    keepsParent(false);
    if (resolve && result) resolve(result);
  }

  function tell(message: HostRequest): void {
    // A closed channel shows as the end of the process.
    if (child.connected) child.send(message, () => undefined);
  }

  /** A process without an invocation does not keep the sandbox from ending. */
  function keepsParent(keeps: boolean): void {
    const handles = [child, child.channel, child.stdout, child.stderr] as unknown as ({ ref?(): void; unref?(): void } | null)[];
    for (const handle of handles) handle?.[keeps ? 'ref' : 'unref']?.();
  }

  function exitReason(code: number | null, signal: string | null): string {
    if (/heap out of memory/i.test(lastOfStderr)) return `it ran out of memory: its heap may have ${functionToRun.memory} MB`;
    return signal === null ? `the process ended with exit code ${code}` : `the process ended by ${signal}`;
  }
}
