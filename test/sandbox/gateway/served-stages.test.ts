import { serveGateway } from './serve-gateway';
import type { Api, Stage } from '../../../src/model/access-model';
import type { Value } from '../../../src/model/value';
import { servedStages } from '../../../src/sandbox/gateway/served-stages';
import { api, method, modelOf } from '../../model/entities';

const stage = (name: Value<string>, id = 'S/Stage'): Stage => ({ id, name });
const named = (id: string, name: Value<string> | undefined, ...stages: Stage[]): Api => api({ id, ...(name !== undefined && { name }), stages });
const bind = (value: Value<string>) => (typeof value === 'object' && value.expression === '${S/Known}' ? 'known' : value);
const pathsOf = (...apis: Api[]) => servedStages(modelOf({ apis }), bind).stages.map(({ path }) => path);

describe('the URL of a stage', () => {
  test.each([
    ['has the name of the API', [named('S/A', 'photos', stage('prod'))], ['/apis/photos/prod']],
    ['for each stage', [named('S/A', 'photos', stage('prod'), stage('beta', 'S/Beta'))], ['/apis/photos/prod', '/apis/photos/beta']],
    ['has the id too where two APIs have one name', [named('S/A', 'photos', stage('prod')), named('T/A', 'photos', stage('prod'))],
      ['/apis/photos-S-A/prod', '/apis/photos-T-A/prod']],
    ['is another where these are taken', [named('S/A', 'x', stage('prod')), named('S/B', 'x', stage('prod')), named('S/C', 'x-S-A', stage('prod'))],
      ['/apis/x-S-A-2/prod', '/apis/x-S-B/prod', '/apis/x-S-A/prod']],
    ['has no mark that a URL cannot have', [named('S/A', 'my photos/ä', stage('prod'))], ['/apis/my-photos--S-A/prod']],
    ['is no dot segment', [named('S/A', '..', stage('prod'))], ['/apis/..-S-A/prod']],
    ['has the id alone where there is no name', [named('S/A', undefined, stage('prod'))], ['/apis/S-A/prod']],
    ['has the id alone where the name is not known', [named('S/A', { unknown: 'a parameter' }, stage('prod'))], ['/apis/S-A/prod']],
    ['has the name that is known at run time', [named('S/A', { unknown: 'x', expression: '${S/Known}' }, stage('prod'))], ['/apis/known/prod']],
    ['knows letter case', [named('S/A', 'Photos', stage('prod')), named('S/B', 'photos', stage('prod'))], ['/apis/Photos/prod', '/apis/photos/prod']],
  ])('%s', (_, apis, expected) => {
    expect(pathsOf(...apis)).toEqual(expected);
  });

  test('is not there without a stage, or where its name is not known, which is said', () => {
    const { stages, notices } = servedStages(modelOf({ apis: [named('S/A', 'a'), named('S/B', 'b', stage({ unknown: 'a parameter' }))] }), bind);
    expect(stages).toEqual([]);
    expect(notices).toEqual([
      { entity: 'S/A', what: 'the API is not served', why: 'the templates have no stage of it' },
      { entity: 'S/Stage', what: 'stage <a parameter> is not served', why: 'a parameter' },
    ]);
  });
});

describe('the gateway', () => {
  const publicMethod = (id: string) => method('GET', '/', { kind: 'public' }, { id: `${id}/Get`, api: id });
  const model = modelOf({
    apis: [named('S/A', 'photos', stage('prod')), named('T/A', 'photos', stage('prod', 'T/Stage'))],
    methods: [publicMethod('S/A'), publicMethod('T/A')],
  });

  test('serves two APIs of one name, and lists them', async () => {
    const served = await serveGateway(model);
    expect(served.gateway.apis()).toEqual([
      { id: 'S/A', name: 'photos', shownName: 'photos (S/A)', slug: 'photos-S-A', stage: 'prod', path: '/apis/photos-S-A/prod' },
      { id: 'T/A', name: 'photos', shownName: 'photos (T/A)', slug: 'photos-T-A', stage: 'prod', path: '/apis/photos-T-A/prod' },
    ]);
    for (const { path, id } of served.gateway.apis()) expect((await served.send(`GET ${path}`)).body).toBe(`${id}/Get`);
    expect(served.log.last().map(({ subject }) => subject)).toEqual(['photos (T/A) prod', 'photos (S/A) prod']);
    await served.close();
  });

  test('serves other models as they come', async () => {
    const served = await serveGateway(modelOf());
    expect((await served.send('GET /apis/photos/prod')).status).toBe(404);
    served.set({ model });
    expect((await served.send('GET /apis/photos-S-A/prod')).status).toBe(200);
    served.set({ model: { ...model, methods: [] } });
    expect((await served.send('GET /apis/photos-S-A/prod')).status).toBe(403);
    await served.close();
  });

  test('gives integrations the variables of the stage', async () => {
    const stages = [{ id: 'S/Stage', variables: { a: '1', b: { unknown: 'x' }, c: { unknown: 'x', expression: '${Stack/Known}' } } }];
    const served = await serveGateway(model, { runtime: { apis: [{ id: 'S/A', binaryMediaTypes: [], models: {}, apiKeySource: 'HEADER', stages, account: '1' }] } });
    await served.send('GET /apis/photos-S-A/prod');
    expect(served.calls[0].request.api).toMatchObject({ stageVariables: { a: '1', c: 'known' }, account: '1' });
    await served.close();
  });
});
