/** Writes the documents and schemas that are made from the sources. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { PROBLEM_CODES } from '../src/model/problem-codes';
import { allResults, renderConformance } from '../test/contract/conformance';
import { closeImplementations } from '../test/contract/implementations';

/** How to write each generated file. */
const GENERATED: Record<string, () => string | Promise<string>> = {
  'docs/conformance.md': conformance,
  'docs/problems.md': problems,
  'schema/access-model.v1.json': () => schema('src/model/access-model.ts', 'AccessModel'),
  'schema/access-declaration.v1.json': () => schema('src/declaration/access-declaration.ts', 'AccessDeclaration', false),
  'schema/matrix.v1.json': () => schema('src/analysis/matrix-data.ts', 'Matrix'),
  'schema/resource-server-manifest.v1.json': () => schema('src/model/manifest.ts', 'ResourceServerManifest'),
  'schema/explanation.v1.json': () => schema('src/analysis/explain.ts', 'Explanation'),
};

void generate();

async function generate(): Promise<void> {
  for (const [file, render] of Object.entries(GENERATED)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await render());
  }
}

async function conformance(): Promise<string> {
  try {
    return renderConformance(await allResults());
  } finally {
    await closeImplementations();
  }
}

function problems(): string {
  const rows = Object.entries(PROBLEM_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return [
    '# Problems',
    '',
    'Each message begins with one of these codes, in brackets. Codes may be added, none is renamed.',
    '',
    '| code | meaning |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** The JSON schema of one exported type. Readers of what this package writes accept members that a later version adds. */
function schema(path: string, type: string, additionalProperties = true): string {
  const generator = createGenerator({ path, type, tsconfig: 'tsconfig.dev.json', skipTypeCheck: true, additionalProperties });
  return `${JSON.stringify(generator.createSchema(type), undefined, 2)}\n`;
}
