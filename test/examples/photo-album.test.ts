import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient, CfnUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { findingsIn } from './findings';
import { PhotoAlbumStack } from '../../examples/photo-album/photo-album-stack';
import { buildMatrix } from '../../src/analysis/matrix';
import type { Matrix } from '../../src/analysis/matrix-data';
import { renderMatrixText } from '../../src/analysis/render-matrix-text';
import { textOptions } from '../../src/cli/terminal';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

const ROOT = join(__dirname, '../..');
const RECOMMENDED_FLAGS = require.resolve('aws-cdk-lib/recommended-feature-flags.json');

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'protected-api-album-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('template of the photo album', () => {
  let text: string;
  let matrix: Matrix;
  beforeAll(() => {
    text = readFileSync(join(synthesize('plain'), 'PhotoAlbum.template.json'), 'utf8');
    matrix = matrixOf('plain');
  });

  test('is what reviewers have seen', () => {
    // Hashes follow from the handlers and from the rest of the template.
    expect(JSON.parse(text.replace(/[0-9a-f]{64}|(?<=Deployment[0-9A-F]{8})[0-9a-f]{32}/g, 'HASH'))).toMatchSnapshot();
  });

  test('is the same in every synthesis', () => {
    expect(readFileSync(join(synthesize('again'), 'PhotoAlbum.template.json'), 'utf8')).toBe(text);
  });

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
    expect(matrix.unknown).toEqual([]);
    expect(matrix.notes).toEqual([]);
  });

  test.each(['README.md', 'examples/photo-album/README.md'])('looks as %s shows it', (readme) => {
    expect(readFileSync(join(ROOT, readme), 'utf8')).toContain(`\n${renderMatrixText(matrix, textOptions({}, false))}\`\`\`\n`);
  });

  test('means the same with all feature flags that the CDK recommends', () => {
    synthesize('flags', JSON.parse(readFileSync(RECOMMENDED_FLAGS, 'utf8')));
    expect(matrixOf('flags')).toEqual(matrix);
  });

  function synthesize(name: string, context?: { [flag: string]: unknown }): string {
    const app = new App({ outdir: join(folder, name), context, builtinCloudFormationValidation: false });
    new PhotoAlbumStack(app, 'PhotoAlbum');
    return app.synth().directory;
  }

  function matrixOf(name: string): Matrix {
    return buildMatrix(modelFromTemplates(loadTemplates(join(folder, name))));
  }
});

describe('validity of the photo album', () => {
  test('the detectors find what is wrong in a bad template', () => {
    const { open } = findingsIn(join(folder, 'bad'), (app) => {
      const stack = new Stack(app, 'Bad');
      const { ref } = new CfnUserPool(stack, 'Pool');
      new CfnUserPoolDomain(stack, 'Domain', { userPoolId: ref, domain: 'my-aws-api' });
      new CfnUserPoolClient(stack, 'Client', { userPoolId: ref, allowedOAuthFlows: ['password'] });
    });
    expect(open).toEqual(expect.arrayContaining([
      'CloudFormation Validate: W3030 at Bad/Client',
      'cdk-preflight: pf-cognito-domain-reserved-word at Bad/Domain',
      'AwsSolutions: AwsSolutions-COG1 at Bad/Pool',
    ]));
  });

  test('the CDK validator, cdk-preflight and cdk-nag find nothing that is not acknowledged with a reason', () => {
    const { open, acknowledged } = findingsIn(join(folder, 'checked'), (app) => new PhotoAlbumStack(app, 'PhotoAlbum'));
    expect(open).toEqual([]);
    expect(acknowledged.map((finding) => finding.split(/\[|: /)[0]).sort()).toEqual([
      'AwsSolutions-APIG3', 'AwsSolutions-APIG4', 'AwsSolutions-COG2', 'AwsSolutions-COG4', 'AwsSolutions-COG8', 'AwsSolutions-IAM4',
    ]);
  });
});

/** Methods by the caller's name, preflight ones not among them. */
function allowedBy({ principals, methods, allowed }: Matrix): Record<string, string[]> {
  return Object.fromEntries(principals.map(({ id, name }) => [name, methods
    .filter((method) => method.verb !== 'OPTIONS' && allowed.some((pair) => pair.principal === id && pair.method === method.id))
    .map(({ verb, path }) => `${verb} ${path}`)]));
}
