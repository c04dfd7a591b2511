import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchCli } from './cli.bench';
import { benchClients } from './clients.bench';
import { benchConstructs } from './constructs.bench';
import { benchMatrix } from './matrix.bench';
import type { Figure } from './measure';

const README = join(__dirname, 'README.md');
const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

const figures = [...benchConstructs(), ...benchClients(), ...benchCli(), ...benchMatrix()];
const report = table(figures);
process.stdout.write(`${report}\n`);
if (process.argv.includes('--write')) write(report);
process.exitCode = figures.every(({ met }) => met) ? 0 : 1;

function table(rows: readonly Figure[]): string {
  const lines = rows.map(({ what, measured, target, met }) => `| ${what} | ${measured} | ${target} | ${met ? 'met' : 'missed'} |`);
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
