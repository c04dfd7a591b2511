/**
 * Runs one integration app for integ-runner and adapts its cloud assembly.
 *
 * integ-runner reads older assembly schemas than aws-cdk-lib writes, though it uses none of the newer fields:
 * the versions are lowered. Stack traces hold absolute paths and line numbers, which do not belong in a snapshot.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** The newest cloud assembly schema that integ-runner 2.197 reads. */
const READABLE_SCHEMA = 53;

const VERSIONED = /^(cdk\.out|manifest\.json|integ\.json|.*\.assets\.json)$/;

const [file] = process.argv.slice(2);
if (!file) {
  throw new Error('usage: integ-app <file>');
}
// Snapshots compare templates; whether they are valid is tested elsewhere.
process.env.CDK_VALIDATION = 'false';
process.on('exit', (code) => {
  const output = process.env.CDK_OUTDIR ?? 'cdk.out';
  if (code === 0 && existsSync(output)) {
    adaptFolder(output);
  }
});
void import(resolve(file));

function adaptFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('assembly-')) {
      adaptFolder(path);
    } else if (VERSIONED.test(entry.name)) {
      adaptFile(path, lowerVersion);
    }
    if (entry.name === 'manifest.json' || entry.name.endsWith('.metadata.json')) {
      adaptFile(path, withoutTraces);
    }
  }
}

function adaptFile(path: string, adapt: (content: any) => any): void {
  const text = readFileSync(path, 'utf8');
  const indent = basename(path) === 'cdk.out' ? undefined : 2;
  writeFileSync(path, JSON.stringify(adapt(JSON.parse(text)), undefined, indent));
}

function lowerVersion(content: any): any {
  const major = Number.parseInt(content.version, 10);
  return major > READABLE_SCHEMA ? { ...content, version: `${READABLE_SCHEMA}.0.0` } : content;
}

function withoutTraces(value: any): any {
  if (Array.isArray(value)) {
    return value.filter((item) => item?.type !== 'aws:cdk:creationStack').map(withoutTraces);
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value)
      .filter(([key]) => key !== 'trace')
      .map(([key, item]) => [key, withoutTraces(item)]));
  }
  return value;
}
