/** usage: bundle-cli [folder]; without a folder it writes bin/. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

const ENTRY = 'src/cli/main.ts';
const FOLDER = process.argv[2] ?? 'bin';
const OUTPUT = join(FOLDER, 'protected-api.js');
const LICENSES = join(FOLDER, 'THIRD-PARTY-LICENSES.txt');

main();

function main(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  const { metafile } = buildSync({
    entryPoints: [ENTRY],
    outfile: OUTPUT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(LICENSES, licenses(metafile));
}

/** The licence text of each package that has code in the bundle, by name. */
function licenses(metafile: Metafile): string {
  const roots = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
      const root = packageRoot(file);
      if (root && bytesInOutput > 0) {
        roots.add(root);
      }
    }
  }
  return [...roots].sort().map(license).join(`\n${'-'.repeat(80)}\n\n`);
}

function packageRoot(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function license(root: string): string {
  const { name, version, license: id } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = readdirSync(root).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file) {
    throw new Error(`${name}@${version} is bundled but has no licence file in ${root}`);
  }
  return `${name} ${version} (${id})\n\n${readFileSync(join(root, file), 'utf8').trim()}\n`;
}
