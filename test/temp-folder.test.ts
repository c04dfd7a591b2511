import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { TEMP_FOLDER } from './make-temp-folder';
import removeTempFolder from './remove-temp-folder';

test('a cloud assembly without a given place goes to the temporary folder of the run', () => {
  const app = new App({ analyticsReporting: false, ...{ builtinCloudFormationValidation: false } });
  new Stack(app, 'Stack');
  expect(basename(dirname(app.synth().directory))).toMatch(new RegExp(`^${TEMP_FOLDER}`));
});

test('the folder of a run is removed with all that it holds, and no other folder is', () => {
  const before = process.env.TMPDIR;
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  const run = mkdtempSync(join(outside, TEMP_FOLDER));
  mkdtempSync(join(run, 'cdk.out'));
  try {
    for (const folder of [outside, run]) {
      process.env.TMPDIR = folder;
      removeTempFolder();
    }
    expect([existsSync(outside), existsSync(run)]).toEqual([true, false]);
  } finally {
    process.env.TMPDIR = before;
  }
});
