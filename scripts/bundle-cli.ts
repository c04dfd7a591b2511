/** usage: bundle-cli [folder]; without a folder it writes bin/. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const FOLDER = process.argv[2] ?? 'bin';

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** The command line loads the sandbox from the file beside it, and only when it needs it. */
const SANDBOX_BESIDE: Plugin = {
  name: 'sandbox-beside',
  setup: ({ onResolve }) => onResolve({ filter: /\/sandbox\/sandbox\.js$/ }, () => ({ path: './sandbox.js', external: true })),
};

const FILES: readonly BuildOptions[] = [
  {
    entryPoints: { 'protected-api': 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [SANDBOX_BESIDE],
    // `import()` of a CommonJS file searches its text for exports first, which takes longer than to load it.
    supported: { 'dynamic-import': false },
  },
  { entryPoints: { sandbox: 'src/sandbox/bundle.ts' } },
  { entryPoints: { 'function-host': 'src/sandbox/functions/function-host.ts' } },
];

void main();

async function main(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const results = await Promise.all(FILES.map((each) => build({ ...COMMON, ...each, outdir: FOLDER })));
  writeFileSync(join(FOLDER, 'THIRD-PARTY-LICENSES.txt'), licenses(results.map(({ metafile }) => metafile!)));
}

/** The licence text of each package that has code in one of the files, by name. */
function licenses(metafiles: readonly Metafile[]): string {
  const roots = new Set<string>();
  for (const output of metafiles.flatMap((each) => Object.values(each.outputs))) {
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
