/**
 * Runs one integration app for integ-runner and adapts its cloud assembly.
 *
 * integ-runner reads older assembly schemas than aws-cdk-lib writes, though it uses none of the newer fields:
 * the versions are lowered. Stack traces hold absolute paths and line numbers, which do not belong in a snapshot.
 *
 * `INTEG_SNAPSHOT=verify` also compares what integ-runner leaves out: the assertions, and which stack comes after which.
 * It and `INTEG_SNAPSHOT=record` stop the clock, of which each assertion has the time so that it runs with each deployment.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** The newest cloud assembly schema that integ-runner 2.197 reads. */
const READABLE_SCHEMA = 53;

/** Templates with the assertions of a test. */
const ASSERTIONS = /DeployAssert[0-9A-F]{8}\.template\.json$/;

const VERSIONED = /^(cdk\.out|manifest\.json|integ\.json|.*\.assets\.json)$/;

const [file] = process.argv.slice(2);
if (!file) {
  throw new Error('usage: integ-app <file>');
}
// Snapshots compare templates; whether they are valid is tested elsewhere.
process.env.CDK_VALIDATION = 'false';
const { CDK_OUTDIR: output = 'cdk.out', INTEG_SNAPSHOT: mode } = process.env;
if (mode !== undefined) Date.now = () => 0;
process.on('exit', (code) => {
  if (code === 0 && existsSync(output)) {
    adaptFolder(output);
    if (mode === 'verify') verify(`${resolve(file)}.snapshot`);
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

/** Ends with an error where assertions, or the order of stacks, are not those of the snapshot. */
function verify(snapshot: string): void {
  if (!existsSync(snapshot) || uncompared(output) === uncompared(snapshot)) return; // integ-runner says what is new
  console.error(`assertions or dependencies of stacks differ from ${basename(snapshot)}; run npm run integ:update`);
  process.exitCode = 1;
}

/** What integ-runner does not compare. */
function uncompared(folder: string): string {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const stacks = Object.entries<any>(read('manifest.json').artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return JSON.stringify([
    readdirSync(folder).filter((name) => ASSERTIONS.test(name)).sort().map(read),
    stacks.map(([id, { dependencies = [] }]) => [id, dependencies.filter((each: string) => stacks.some(([other]) => other === each))]),
  ]);
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
