import { join } from 'node:path';
import { type CodeFolder, codeFolder } from './code-folder';
import { startFunctionProcess, type FunctionProcess } from './function-process';
import type { FunctionRunner, InvocationResult, RunnableFunction } from './function-runner';

/** Milliseconds that a call waits for a process that runs before another one is started. */
const PATIENCE = 50;

/** How functions are run. */
export interface FunctionRunnerOptions {
  /** Path of the bundled `function-host.ts`; `function-host.js` beside this file where it is left out. */
  readonly host?: string;
  /** Processes per function; 10 where it is left out. More invocations wait. */
  readonly maxConcurrency?: number;
  /** Milliseconds that a process stays without an invocation; 300,000 where it is left out. */
  readonly idleTime?: number;
  /** Takes each line that a function prints. */
  onLog(functionName: string, line: string): void;
}

/** Makes a runner: one Node.js process per invocation of a function at a time, kept warm, as Lambda does. */
export function createFunctionRunner(options: FunctionRunnerOptions): FunctionRunner {
  const { onLog, host = join(__dirname, 'function-host.js'), maxConcurrency = 10, idleTime = 300_000 } = options;
  const current = new Map<string, Pool>();
  const pools = new Set<Pool>();
  let closed = false;
  // Where the sandbox ends without `close`, there is no time to wait.
  const abandon = () => pools.forEach((pool) => {
    void pool.close();
    pool.folder.remove();
  });
  process.on('exit', abandon);

  return {
    async invoke(functionToRun, event) {
      if (closed) return { kind: 'exit', reason: 'the sandbox is closing' };
      const pool = poolOf(functionToRun);
      return typeof pool === 'string' ? { kind: 'error', type: 'Sandbox.Code', message: pool } : pool.invoke(event);
    },
    retire() {
      for (const pool of current.values()) pool.retire();
      current.clear();
    },
    async close() {
      closed = true;
      await Promise.all([...pools].map((pool) => pool.close()));
      process.off('exit', abandon);
    },
  };

  function poolOf(functionToRun: RunnableFunction): Pool | string {
    const settings = JSON.stringify(functionToRun);
    const found = current.get(functionToRun.id);
    if (found?.settings === settings) return found;
    const folder = codeFolder(functionToRun.code);
    if (typeof folder === 'string') return folder;
    found?.retire();
    const pool = createPool({
      settings,
      folder,
      maxConcurrency,
      idleTime,
      start: () => startFunctionProcess(functionToRun, folder.path, host, (line) => onLog(functionToRun.name, line)),
      onEmpty: () => pools.delete(pool),
    });
    current.set(functionToRun.id, pool);
    pools.add(pool);
    return pool;
  }
}

interface PoolOptions {
  readonly settings: string;
  readonly folder: CodeFolder;
  readonly maxConcurrency: number;
  readonly idleTime: number;
  start(): FunctionProcess;
  onEmpty(): void;
}

/** The processes of a function with the same settings. */
interface Pool {
  readonly settings: string;
  readonly folder: CodeFolder;
  invoke(event: object): Promise<InvocationResult>;
  /** Answers what it was asked, then ends. */
  retire(): void;
  /** Ends at once. */
  close(): Promise<void>;
}

function createPool({ settings, folder, maxConcurrency, idleTime, start, onEmpty }: PoolOptions): Pool {
  const waiting: { readonly event: object; readonly since: number; readonly resolve: (result: InvocationResult) => void }[] = [];
  const idle: { readonly process: FunctionProcess; readonly timer: NodeJS.Timeout }[] = [];
  const busy = new Set<FunctionProcess>();
  const ending = new Set<Promise<void>>();
  let retired = false;

  return {
    settings,
    folder,
    invoke: (event) => new Promise((resolve) => {
      waiting.push({ event, since: Date.now(), resolve });
      next();
    }),
    retire() {
      retired = true;
      next();
    },
    async close() {
      retired = true;
      for (const { resolve } of waiting.splice(0)) resolve({ kind: 'exit', reason: 'the sandbox is closing' });
      for (const process of [...busy, ...idle.splice(0).map(stopWaiting)]) end(process);
      await empty();
    },
  };

  function next(): void {
    while (waiting.length > 0 && busy.size < maxConcurrency) {
      const process = warm();
      if (process === undefined && !mayStart()) break;
      const { event, resolve } = waiting.shift()!;
      try {
        void run(process ?? start(), event).then(resolve);
      } catch (error) {
        // Such as a variable of the environment that no process can have, or want of memory.
        resolve({ kind: 'exit', reason: `the process cannot be started: ${(error as Error).message}` });
      }
    }
    if (!retired || waiting.length > 0) return;
    for (const one of idle.splice(0)) end(stopWaiting(one));
    if (busy.size === 0) void empty();
  }

  /** Quick functions need no process more: a further one starts only for a call that has waited for those that run. */
  function mayStart(): boolean {
    const left = busy.size === 0 ? 0 : waiting[0].since + PATIENCE - Date.now();
    if (left > 0) setTimeout(next, left);
    return left <= 0;
  }

  /** The process that finished last, so that those that are not needed stay idle until their time is over. */
  function warm(): FunctionProcess | undefined {
    for (let last = idle.pop(); last; last = idle.pop()) {
      const process = stopWaiting(last);
      if (process.alive) return process;
    }
    return undefined;
  }

  async function run(process: FunctionProcess, event: object): Promise<InvocationResult> {
    busy.add(process);
    const result = await process.invoke(event);
    busy.delete(process);
    if (process.alive) idle.push({ process, timer: setTimeout(() => drop(process), idleTime).unref() });
    else end(process);
    next();
    return result;
  }

  function drop(process: FunctionProcess): void {
    idle.splice(idle.findIndex((one) => one.process === process), 1);
    end(process);
  }

  function end(process: FunctionProcess): void {
    const over = process.kill().then(() => void ending.delete(over));
    ending.add(over);
  }

  function stopWaiting({ process, timer }: (typeof idle)[number]): FunctionProcess {
    clearTimeout(timer);
    return process;
  }

  async function empty(): Promise<void> {
    // A folder in which a process still runs cannot be removed everywhere.
    await Promise.all(ending);
    folder.remove();
    onEmpty();
  }
}
