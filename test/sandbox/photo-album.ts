import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionHostFile } from './functions/function-host-file';
import { SandboxServer, type SandboxServerOptions } from '../../src/sandbox/sandbox-server';
import { synthesize } from '../examples/apps';

/** Full scope names of the photo album. */
export const READ = 'https://myphotosapi.example.com/photos.read';
export const WRITE = 'https://myphotosapi.example.com/photos.write';

/** Synthesizes the photo album into a folder of its own. */
export function photoAlbum(): string {
  return synthesize('photo-album/app.ts', mkdtempSync(join(tmpdir(), 'photo-album-')));
}

/** Starts a sandbox from the sources: the program that runs functions is bundled for it. */
export async function startFromSources(
  assembly: string | { readonly directory: string }, options: SandboxServerOptions = {},
): Promise<SandboxServer> {
  return SandboxServer.start(assembly, { functionHost: functionHostFile(), ...options });
}
