import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that is made from the sources: its path and how to write its text. */
interface Generated {
  readonly file: string;
  render(): string;
}

const GENERATED: readonly Generated[] = [];

for (const { file, render } of GENERATED) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, render());
}
