import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that said on its first line of output that it serves. */
export interface Program {
  readonly line: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a program of Node.js, and waits for its first line. What it writes to its standard error is shown where it ends before. */
export async function startProgram(args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-2000); });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => text as string),
    ended.then(([code]) => { throw new Error(`node ${args.join(' ')} ended with ${code}: ${errors}`); }),
  ]);
  return {
    line,
    pid: child.pid!,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** Resident set of a process and of all that it started, in megabytes. */
export function residentMegabytes(pid: number): number {
  return familyOf(pid).reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024;
}

/** A process that this one started, or one of those, by the beginning of its command. */
export function descendant(command: string): number {
  const found = familyOf(process.pid).find((each) => each.command.startsWith(command));
  if (found === undefined) throw new Error(`no process runs ${command}`);
  return found.pid;
}

function familyOf(pid: number) {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const rows = stdout.trim().split('\n').map((row) => {
    const [id, parent, kilobytes, ...words] = row.trim().split(/\s+/);
    return { pid: Number(id), parent: Number(parent), kilobytes: Number(kilobytes), command: words.join(' ') };
  });
  const family = new Set([pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const row of rows) if (family.has(row.parent)) family.add(row.pid);
  }
  return rows.filter((row) => family.has(row.pid));
}
