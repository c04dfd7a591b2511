import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { watch } from 'chokidar';

/** A synthesis writes many files, the manifest among the last; reading waits until all are still. Milliseconds. */
const STILL = 200;

/**
 * Calls back after each change of what a path names: the manifest of a cloud assembly, or a template file. Its folder may be removed and
 * made again.
 *
 * @returns what ends it, once every later change is noticed
 */
export async function watchTemplates(path: string, changed: () => void): Promise<() => Promise<void>> {
  const files = ['manifest.json', join('cdk.out', 'manifest.json')].map((name) => resolve(path, name));
  const file = files.find((each) => existsSync(each)) ?? resolve(path);
  const folder = dirname(file);
  // From the folder above on: what is watched itself is not watched any more once it is removed.
  const above = dirname(folder);
  const watcher = watch(above, {
    ignoreInitial: true,
    depth: 1,
    ignored: (each) => ![above, folder, file].includes(resolve(each)),
    awaitWriteFinish: { stabilityThreshold: STILL, pollInterval: STILL / 4 },
  });
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, STILL);
  };
  watcher.on('add', later).on('change', later);
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
