import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A sandbox that runs on this machine. */
export interface RunningSandbox {
  readonly url: string;
  readonly pid: number;
  /** What it was started with: the path of the assembly or template, or `standard input`. */
  readonly path: string;
}

/** Notes that this process serves a sandbox, so that `protected-api token` finds it. Returns what takes the note away. */
export function noteRunning(sandbox: RunningSandbox, folder = defaultFolder()): () => void {
  const file = join(folder, `${sandbox.pid}-${new URL(sandbox.url).port}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder)) return () => undefined;
    writeFileSync(file, JSON.stringify(sandbox), { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch {
    // Without the note, `token` needs --url; nothing else depends on it.
    return () => undefined;
  }
  return () => rmSync(file, { force: true });
}

/** The sandboxes of this user that are running, the newest last. Notes of processes that are gone are removed. */
export function runningSandboxes(folder = defaultFolder()): RunningSandbox[] {
  let files: string[];
  try {
    files = isOwn(folder) ? readdirSync(folder) : [];
  } catch {
    return [];
  }
  return files.filter((file) => file.endsWith('.json')).sort().flatMap((file) => {
    const path = join(folder, file);
    const sandbox = readNote(path);
    if (sandbox !== undefined && isAlive(sandbox.pid)) return [sandbox];
    rmSync(path, { force: true });
    return [];
  });
}

function readNote(path: string): RunningSandbox | undefined {
  try {
    const { url, pid, path: source } = JSON.parse(readFileSync(path, 'utf8'));
    return typeof url === 'string' && typeof pid === 'number' ? { url, pid, path: String(source) } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Another user could have made a folder of this name, to lead tokens elsewhere. */
function isOwn(folder: string): boolean {
  return process.getuid === undefined || statSync(folder).uid === process.getuid();
}

function defaultFolder(): string {
  const { uid, username } = userInfo();
  return join(tmpdir(), `protected-api-sandboxes-${uid >= 0 ? uid : username}`);
}
