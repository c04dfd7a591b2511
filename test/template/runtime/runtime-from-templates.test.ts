import { join } from 'node:path';
import { idsOf } from './ids';
import { loadTemplates } from '../../../src/template/load';
import { modelFromTemplates } from '../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import { withPlaces } from '../../../src/template/with-places';

const fixture = (name: string) => loadTemplates(join(__dirname, '../../fixtures', name));
const FIXTURES = ['conditions.yaml', 'l2-two-stacks', 'openapi-body.yaml', 'plain.yaml', 'sam-processed.json', 'serverless-framework.json'];

test.each(FIXTURES)('%s: ids are those of the access model, with places and without', (name) => {
  for (const set of [fixture(name), withPlaces(fixture(name), { account: '444455556666', region: 'eu-west-3' })]) {
    expect(idsOf(runtimeFromTemplates(set))).toEqual(idsOf(modelFromTemplates(set)));
  }
});

test('functions, versions and aliases change nothing in the access model', () => {
  const set = fixture('serverless-framework.json');
  const before = JSON.stringify(modelFromTemplates(set));
  runtimeFromTemplates(set);
  expect(JSON.stringify(modelFromTemplates(set))).toBe(before);
});

describe('functions behind methods', () => {
  const functionsBehind = (name: string) => {
    const { methods } = runtimeFromTemplates(fixture(name));
    return [...new Set(methods.map(({ integration }) => (integration.kind === 'lambdaProxy' ? integration.function : integration.kind)))];
  };

  test('of a template that SAM processed are found', () => {
    expect(functionsBehind('sam-processed.json').sort()).toEqual(['mock', 'sam-processed/PhotosFunction']);
  });

  test('of the Serverless Framework are found', () => {
    expect(functionsBehind('serverless-framework.json').sort()).toEqual(['mock', 'serverless-framework/PhotosLambdaFunction']);
  });

  test('of an assembly are found', () => {
    expect(functionsBehind('l2-two-stacks').sort()).toEqual(['Api/Handler886CB40B', 'mock']);
  });
});

test('things of a stack are in its account and Region', () => {
  const { userPools, apis, functions } = runtimeFromTemplates(fixture('l2-two-stacks'));
  for (const { account, region } of [...userPools, ...apis, ...functions]) expect([account, region]).toEqual(['111122223333', 'eu-west-1']);
});
