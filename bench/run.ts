/** usage: run [PART…] [--write]; parts whose name begins with a word, default all. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchCli } from './cli.bench';
import { benchClients } from './clients.bench';
import { benchConstructs } from './constructs.bench';
import { benchMatrix } from './matrix.bench';
import type { Figure } from './measure';
import { benchSandboxMethods } from './sandbox/methods.bench';
import { benchSandboxMinistack } from './sandbox/ministack.bench';
import { benchSandboxMock } from './sandbox/mock.bench';
import { benchSandboxSoak } from './sandbox/soak.bench';
import { benchSandboxStart } from './sandbox/start.bench';

const README = join(__dirname, 'README.md');
const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

const PARTS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  'constructs': benchConstructs,
  'clients': benchClients,
  'cli': benchCli,
  'matrix': benchMatrix,
  'sandbox-start': benchSandboxStart,
  'sandbox-mock': benchSandboxMock,
  'sandbox-methods': benchSandboxMethods,
  'sandbox-soak': benchSandboxSoak,
  'sandbox-ministack': benchSandboxMinistack,
};

void main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  const words = argv.filter((word) => word !== '--write');
  const parts = Object.keys(PARTS).filter((part) => words.length === 0 || words.some((word) => part.startsWith(word)));
  if (parts.length === 0) throw new Error(`no part of the benchmarks is called ${words.join(' or ')}; there are ${Object.keys(PARTS).join(', ')}`);
  if (argv.includes('--write') && words.length > 0) throw new Error('only the figures of all parts are written: leave out the names of parts, or --write');
  const figures: Figure[] = [];
  for (const part of parts) figures.push(...await PARTS[part]());
  const report = table(figures);
  process.stdout.write(`${report}\n`);
  if (argv.includes('--write')) write(report);
  process.exitCode = figures.every(({ met }) => met !== false) ? 0 : 1;
}

function table(rows: readonly Figure[]): string {
  const lines = rows.map(({ what, measured, target, met }) => `| ${what} | ${measured} | ${target} | ${met === undefined ? '' : met ? 'met' : 'missed'} |`);
  return ['| what | measured | target | |', '|---|---|---|---|', ...lines].join('\n');
}

function write(figuresTable: string): void {
  const versions = ['aws-cdk-lib', 'constructs'].map((name) => `${name} ${versionOf(name)}`);
  const stamp = `Measured ${new Date().toISOString().slice(0, 10)} with Node.js ${process.versions.node}, ${versions.join(', ')}.`;
  const text = readFileSync(README, 'utf8');
  const [before, after] = [text.split(BEGIN)[0], text.split(END)[1]];
  writeFileSync(README, `${before}${BEGIN}\n\n${stamp}\n\n${figuresTable}\n\n${END}${after}`);
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
}
