/** usage: bundle-cli [folder]; without a folder it writes bin/. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

const FOLDER = process.argv[2] ?? 'bin';
const LICENSES = join(FOLDER, 'THIRD-PARTY-LICENSES.txt');

main();

function main(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  const programs = [
    bundle('src/cli/main.ts', 'protected-api.js', '#!/usr/bin/env node'),
    // Runs beside the command line, in a process per Lambda function.
    bundle('src/sandbox/functions/function-host.ts', 'function-host.js'),
  ];
  writeFileSync(LICENSES, licenses(programs));
}

function bundle(entry: string, file: string, firstLine?: string): Metafile {
  return buildSync({
    entryPoints: [entry],
    outfile: join(FOLDER, file),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    banner: firstLine === undefined ? undefined : { js: firstLine },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }).metafile;
}

/** The licence text of each package that has code in the bundles, by name. */
function licenses(programs: Metafile[]): string {
  const roots = new Set<string>();
  for (const output of programs.flatMap(({ outputs }) => Object.values(outputs))) {
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
