import { execFileSync, spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process of the command line did. */
export interface ProcessOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as users run it: bundled, in a process of its own. */
export class BundledCli {
  private readonly folder = mkdtempSync(join(tmpdir(), 'bundled-cli-'));
  /** The program. */
  public readonly file = join(this.folder, 'bin', 'protected-api.js');

  public constructor() {
    chmodSync(this.folder, 0o755);
    copyFileSync('package.json', join(this.folder, 'package.json'));
    execFileSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/bundle-cli.ts', join(this.folder, 'bin')]);
  }

  public run(args: readonly string[], options: SpawnSyncOptions = {}): ProcessOutcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.file, ...args], { ...options, encoding: 'utf8' });
    return { exitCode: status, stdout, stderr };
  }

  /** Runs a line of the shell, in which `protected-api` is the program. */
  public shell(line: string): ProcessOutcome {
    const program = `protected-api() { "${process.execPath}" "${this.file}" "$@"; }`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `${program}\n${line}`], { encoding: 'utf8' });
    return { exitCode: status, stdout, stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
