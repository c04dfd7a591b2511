import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Emulator } from './ministack';

const ROOT = resolve(__dirname, '../..');

/** A change of a source text: the file below `examples/`, a text in it and what takes its place, everywhere. */
export type Edit = readonly [file: string, from: string, to: string];

/** A copy of the examples, which is changed as their developers would change them. */
export class ExampleCopy {
  private readonly folder: string;

  /** The copy goes with the emulator. */
  public constructor(emulator: Emulator) {
    this.folder = join(emulator.folder, 'examples');
    cpSync(join(ROOT, 'examples'), this.folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(emulator.folder, 'node_modules'));
  }

  /** Where a file of the examples is. */
  public path(file: string): string {
    return join(this.folder, file);
  }

  public edit([file, from, to]: Edit): void {
    const text = readFileSync(this.path(file), 'utf8');
    if (!text.includes(from)) throw new Error(`examples/${file} has no text ${JSON.stringify(from)}`);
    writeFileSync(this.path(file), text.replaceAll(from, to));
  }
}
