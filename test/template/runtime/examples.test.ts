import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsOf } from './ids';
import { loadTemplates } from '../../../src/template/load';
import { modelFromTemplates } from '../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import { APPS, synthesize } from '../../examples/apps';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.keys(APPS))('%s', (file) => {
  test('runs with the ids of its access model, and every function is here', () => {
    const set = loadTemplates(synthesize(file, join(folder, file)));
    const runtime = runtimeFromTemplates(set);
    expect(idsOf(runtime)).toEqual(idsOf(modelFromTemplates(set)));
    expect(runtime.functions.length).toBeGreaterThan(0);
    for (const { code } of runtime.functions) expect(['asset', 'inline']).toContain(code.kind);
    const kinds = runtime.methods.map(({ integration }) => (integration.kind === 'other' ? integration.what : integration.kind));
    expect(new Set(kinds)).toEqual(new Set(['lambdaProxy', 'mock']));
    for (const { integration } of runtime.methods) {
      if (integration.kind === 'lambdaProxy') expect(runtime.functions.map(({ id }) => id)).toContain(integration.function);
    }
  });
});

test('the photo album runs its asset with its environment, and checks the body of photos', () => {
  const set = loadTemplates(synthesize('photo-album/app.ts', join(folder, 'album')));
  const { functions: [photos], methods, apis: [api], clients } = runtimeFromTemplates(set);
  expect(photos).toMatchObject({
    runtime: 'nodejs24.x',
    handler: 'photos.handler',
    code: { kind: 'asset', path: expect.stringMatching(/^\/.+\/asset\.[0-9a-f]+$/) },
    environment: { ALBUM_ORIGIN: 'https://album.example.com', WRITE_SCOPE: 'https://myphotosapi.example.com/photos.write' },
  });
  const checked = methods.filter(({ validatesBody }) => validatesBody === true);
  expect(checked.map(({ requestModels }) => requestModels)).toEqual([{ 'application/json': 'Photo' }, { 'application/json': 'Photo' }]);
  expect(api.models.Photo).toMatchObject({ schema: { required: ['title'] } });
  const album = clients.find(({ callbackUrls }) => callbackUrls.length > 0);
  expect(album).toMatchObject({
    callbackUrls: ['https://album.example.com/signed-in'],
    logoutUrls: ['https://album.example.com/'],
    accessTokenValidity: 3_600,
    tokenRevocation: true,
    hidesUserExistence: true,
  });
});
