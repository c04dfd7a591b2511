/** What the runner tells a function host first. */
export interface StartMessage {
  readonly kind: 'start';
  readonly handler: string;
  /** Folder of the code, as it was given; `LAMBDA_TASK_ROOT` of the function. */
  readonly folder: string;
  readonly runtime: string;
  /** The line that ends the output of each invocation. */
  readonly endOfOutput: string;
  /** Bytes that a result may have. */
  readonly maxResultBytes: number;
  /** Members of the context object that stay the same. */
  readonly context: {
    readonly functionName: string;
    readonly functionVersion: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
}

/** One invocation. The next one comes only after its answer. */
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** Milliseconds since 1970 at which the runner ends the process. */
  readonly deadline: number;
}

/** What the runner sends to a function host. */
export type HostRequest = StartMessage | InvokeMessage;

/** What a function host sends to the runner. */
export type HostAnswer =
  /** The module is loaded and the handler is there. */
  | { readonly kind: 'ready' }
  /** The result of an invocation as JSON text; without one where the handler gave none. */
  | { readonly kind: 'result'; readonly payload?: string }
  /** What went wrong; `fatal` where the process ends after it, as it does in Lambda. */
  | { readonly kind: 'error'; readonly type: string; readonly message: string; readonly fatal: boolean };

/** An error with the type that Lambda reports (`errorType`). */
export interface FunctionError {
  readonly type: string;
  readonly message: string;
}
