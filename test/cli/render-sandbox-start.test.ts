import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderStart } from '../../src/cli/render-sandbox-start';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';

let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.close());

const POOL = { Type: 'AWS::Cognito::UserPool', Properties: {} };

async function started(resources: object, piped = false): Promise<string> {
  const text = JSON.stringify({ Resources: resources });
  const path = piped ? '-' : join(mkdtempSync(join(tmpdir(), 'start-')), 'template.json');
  if (!piped) writeFileSync(path, text);
  sandbox = await startSandbox({ path, unlisted: true, ...(piped && { stdin: text }) });
  return renderStart(sandbox, 'protected-api');
}

test('the first line says what is served, in words where it was piped', async () => {
  expect(await started({ Pool: POOL }, true)).toMatch(/^sandbox of standard input: http:\/\/127\.0\.0\.1:\d+\n/);
  await sandbox?.close();
  expect(await started({ Pool: POOL })).toMatch(/^sandbox of \/.+\/template\.json: http:/);
});
