import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';

/** A synthesis writes many files, the manifest among the last; reading waits until all are still. Milliseconds. */
const STILL = 200;

/**
 * Calls back after each change of what a path names: the manifest of a cloud assembly, or a template file.
 *
 * @returns what ends it, once every later change is noticed
 */
export async function watchTemplates(path: string, changed: () => void): Promise<() => Promise<void>> {
  const files = [path, join(path, 'manifest.json'), join(path, 'cdk.out', 'manifest.json')];
  const file = files.slice(1).find((each) => existsSync(each)) ?? path;
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(file, { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: STILL, pollInterval: STILL / 4 } });
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, STILL);
  };
  watcher.on('add', later).on('change', later);
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
