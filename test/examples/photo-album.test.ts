import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allowedBy, matrixOf, synthesize, templatesIn } from './apps';
import type { Matrix } from '../../src/analysis/matrix-data';
import { renderMatrixText } from '../../src/analysis/render-matrix-text';
import { textOptions } from '../../src/cli/terminal';

const ROOT = join(__dirname, '../..');

let folder: string;
let text: string;
let matrix: Matrix;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'protected-api-album-'));
  synthesize('photo-album/app.ts', folder);
  text = templatesIn(folder)['PhotoAlbum.template.json'];
  matrix = matrixOf(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('template of the photo album', () => {
  test('holds no scope name as an expression', () => {
    expect(text).toContain('"https://myphotosapi.example.com/photos.read"');
    expect(text).not.toMatch(/"\/photos\.(read|write)"/);
  });

  test('lets the album change photos, the export read them, and everybody ask for the health', () => {
    expect(allowedBy(matrix)).toEqual({
      Album: ['GET /photos', 'POST /photos', 'GET /photos/{id}', 'PUT /photos/{id}', 'DELETE /photos/{id}'],
      NightlyExport: ['GET /photos', 'GET /photos/{id}'],
      anonymous: ['GET /health'],
    });
    expect(matrix.notes).toEqual([]);
  });

  test('looks as the README of the project shows it', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\n${renderMatrixText(matrix, textOptions({}, false))}\`\`\`\n`);
  });
});
