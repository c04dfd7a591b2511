/** Settings of a function with every value known: what a run needs. */
export interface RunnableFunction {
  /** `Stack/LogicalId`. */
  readonly id: string;
  /** Name in logs and in the context object. */
  readonly name: string;
  /** Such as `nodejs22.x`. The code runs in the Node.js of the sandbox whatever this says. */
  readonly runtime: string;
  /** Module and export: `photos.handler`. */
  readonly handler: string;
  /** A folder, a zip or JavaScript file, or the text of the module `index.js`. */
  readonly code: { readonly kind: 'asset'; readonly path: string } | { readonly kind: 'inline'; readonly source: string };
  readonly environment: { readonly [name: string]: string };
  /** Seconds. */
  readonly timeout: number;
  /** MB. Limits the heap only; Lambda counts all memory of the environment. */
  readonly memory: number;
  /** The Region and account that its ARN names. */
  readonly region: string;
  readonly account: string;
}

/** What came of one invocation. */
export type InvocationResult =
  /** The result of the handler as JSON text; `undefined` where it gave none. */
  | { readonly kind: 'ok'; readonly payload: string | undefined }
  /** The handler threw or rejected, its module does not load, or it is not there. The message is for the log. */
  | { readonly kind: 'error'; readonly type: string; readonly message: string }
  /** It ran longer than its timeout. */
  | { readonly kind: 'timeout' }
  /** The process ended by itself, such as by `process.exit` or for want of memory. */
  | { readonly kind: 'exit'; readonly reason: string };

/** Runs functions in Node.js processes that stay warm. */
export interface FunctionRunner {
  /** Never rejects. Settings that differ from those of the last call for the same id start new processes. */
  invoke(functionToRun: RunnableFunction, event: object): Promise<InvocationResult>;
  /**
   * Ends the processes that started before: idle ones at once, busy ones after their answer. The next invocation of a function reads
   * its code again, which may have changed under the same path.
   */
  retire(): void;
  /** Ends all processes. */
  close(): Promise<void>;
}
