import { anyOf, api, machine, method, photoModel } from './models';
import { findClient, findMethod, type AskedMethod, type Found } from '../../src/analysis/find';
import { buildMatrix } from '../../src/analysis/matrix';
import { viewMatrix } from '../../src/analysis/matrix-view';
import { formatProblems } from '../../src/model/problem';

const idOf = (found: Found<{ readonly id: string }>) => ('found' in found ? found.found.id : undefined);
const methodOf = (found: Found<AskedMethod>) => ('found' in found ? found.found.method.id : undefined);
const messageOf = (found: Found<unknown>) => ('problems' in found ? formatProblems(found.problems) : undefined);

describe('a client', () => {
  test('is found by name and by id', () => {
    expect(idOf(findClient(photoModel(), 'NightlyExport'))).toBe('App/Export');
    expect(idOf(findClient(photoModel(), 'App/Export'))).toBe('App/Export');
  });

  test('that exists already is found by its client id too', () => {
    const model = photoModel({ clients: [machine('App/Ext/Partner', 'partner', [], { origin: 'external', clientId: '7abc' })] });
    expect(['7abc', 'partner', 'App/Ext/Partner'].map((wanted) => idOf(findClient(model, wanted)))).toEqual(Array(3).fill('App/Ext/Partner'));
  });

  test('is found by the name that the matrix shows: without a name its logical id, of one name its id too', () => {
    const unnamed = (id: string) => ({ ...machine(id, '', []), name: undefined });
    const model = photoModel({ clients: [unnamed('App/Ext'), unnamed('App/Job'), unnamed('Other/Job'), machine('A/One', 'Same', []), machine('B/Two', 'Same', [])] });
    expect(idOf(findClient(model, 'Ext'))).toBe('App/Ext');
    expect(idOf(findClient(model, 'Same (B/Two)'))).toBe('B/Two');
    expect(messageOf(findClient(model, 'Job'))).toMatch(/^\[ClientUnknown\] .* expected one of .*"App\/Job", "Other\/Job"/);
    const { columns, idle } = viewMatrix(buildMatrix(model), false);
    for (const name of [...columns.flat(), ...idle]) expect(findClient(model, name)).toHaveProperty('found');
  });

  test('of that very name comes before one that the matrix shows so', () => {
    const model = photoModel({ clients: [{ ...machine('App/Ext', '', []), name: undefined }, machine('App/Other', 'Ext', [])] });
    expect(idOf(findClient(model, 'Ext'))).toBe('App/Other');
  });

  test('fails with the nearest names where none has the name', () => {
    expect(messageOf(findClient(photoModel(), 'NightlyExprot'))).toBe(
      '[ClientUnknown] client is not in the templates, got "NightlyExprot"; expected "NightlyExport"; ask with the name or the id of a client',
    );
  });

  test('fails with ids in place of names that several have', () => {
    const model = photoModel({ clients: [machine('A/One', 'Same', []), machine('B/Two', 'Same', []), machine('C/Three', 'Other', [])] });
    expect(messageOf(findClient(model, 'nobody-knows'))).toContain('expected one of "A/One", "B/Two", "Other"; ');
  });

  test('fails with the ids where several have the name', () => {
    const model = photoModel({ clients: [machine('A/One', 'Same', []), machine('B/Two', 'Same', [])] });
    expect(messageOf(findClient(model, 'Same'))).toBe(
      '[ClientAmbiguous] client is one of several of that name, got "Same"; expected one of the ids "A/One", "B/Two"; ask with the id',
    );
    expect(idOf(findClient(model, 'B/Two'))).toBe('B/Two');
  });
});

describe('a method', () => {
  const model = photoModel({
    apis: [api('App/Api', 'photo-api'), api('App/Orders', 'order-api')],
    methods: [
      method('App/One', 'GET', '/photos/{id}', anyOf('photos/read')),
      method('App/Latest', 'GET', '/photos/latest', anyOf('photos/read')),
      method('App/Proxy', 'ANY', '/files/{proxy+}', anyOf('photos/read')),
      method('App/Shared', 'GET', '/health', { kind: 'public' }),
      method('App/Shared2', 'GET', '/health', { kind: 'public' }, { api: 'App/Orders' }),
    ],
  });

  test.each([
    ['GET /photos/{id}', 'App/One'],
    ['GET /photos/7', 'App/One'],
    ['get /photos/latest', 'App/Latest'],
    ['DELETE /files/a/b~c', 'App/Proxy'],
    ['ANY /files/{proxy+}', 'App/Proxy'],
    ['GET /photos/latest/', 'App/Latest'],
    ['GET /photos/7/', 'App/One'],
    ['GET /photos/{id}/', 'App/One'],
  ])('is found by %s', (route, id) => {
    expect(methodOf(findMethod(model, route))).toBe(id);
  });

  test.each(['order-api', 'App/Orders'])('is found in the API %s where several answer', (name) => {
    expect(methodOf(findMethod(model, 'GET /health', name))).toBe('App/Shared2');
  });

  test('fails where several APIs answer', () => {
    expect(messageOf(findMethod(model, 'GET /health'))).toBe(
      '[RouteAmbiguous] route "GET /health" is answered by several APIs; expected one of the APIs "photo-api", "order-api"; name one, with --api or the option api',
    );
  });

  test('fails with the ids of the APIs where those have one name', () => {
    const same = {
      ...model,
      apis: [api('Blue/Api', 'photo-api'), api('Green/Api', 'photo-api')],
      methods: ['Blue', 'Green'].map(
        (stack) => method(`${stack}/Health`, 'GET', '/health', { kind: 'public' }, { api: `${stack}/Api` }),
      ),
    };
    const message = '[RouteAmbiguous] route "GET /health" is answered by several APIs; expected one of the APIs "Blue/Api", "Green/Api"; name one, with --api or the option api';
    expect([messageOf(findMethod(same, 'GET /health')), messageOf(findMethod(same, 'GET /health', 'photo-api'))]).toEqual([message, message]);
    expect(methodOf(findMethod(same, 'GET /health', 'Green/Api'))).toBe('Green/Health');
    expect(methodOf(findMethod(same, 'Blue/Health'))).toBe('Blue/Health');
    expect(messageOf(findMethod(same, 'Blue/Health', 'Green/Api'))).toContain('[RouteFormat]');
    expect(messageOf(findMethod(same, 'GET /health', 'x'))).toContain('expected one of "Blue/Api", "Green/Api"');
  });

  test('fails with the ids of the methods where one API has several', () => {
    const twice = { ...model, methods: ['App/Old', 'App/New'].map((id) => method(id, 'GET', '/health', { kind: 'public' })) };
    expect(messageOf(findMethod(twice, 'GET /health', 'photo-api'))).toBe(
      '[RouteAmbiguous] route "GET /health" is answered by several methods of one API; expected one of the ids "App/Old", "App/New"; '
      + 'ask with the id in place of the route',
    );
    expect(methodOf(findMethod(twice, 'App/New'))).toBe('App/New');
  });

  test('fails with the nearest routes where no method answers', () => {
    expect(messageOf(findMethod(model, 'GET /photo/latest'))).toBe(
      '[RouteUnknown] route is answered by no method, got "GET /photo/latest"; expected "GET /photos/latest"; ask for a route of the API',
    );
  });

  test('fails with the nearest names where no API has the name', () => {
    expect(messageOf(findMethod(model, 'GET /health', 'photo-apo'))).toMatch(/^\[ApiUnknown\] .* expected "photo-api"/);
  });

  test.each([['/health', 'RouteFormat'], ['GOT /health', 'RouteVerb'], ['GET health', 'RoutePath']])('fails on %s with %s', (route, code) => {
    expect(messageOf(findMethod(model, route))).toContain(`[${code}]`);
  });

  test.each([
    ['GET https://abc.execute-api.eu-central-1.amazonaws.com/prod/photos/7?size=1', 'GET /photos/7'],
    ['delete https://abc.execute-api.eu-central-1.amazonaws.com/prod', 'DELETE /'],
    ['https://api.example.com/photos', 'GET /photos'],
    ['GET https://', 'GET /path'],
  ])('fails on the URL %s with a route', (wanted, route) => {
    expect(messageOf(findMethod(model, wanted))).toMatch(new RegExp(`^\\[RoutePath\\] .* has a URL in place of a path, .*; write it as "${route}"$`));
  });

  describe('that may not be the one that answers', () => {
    const condition = { unknown: 'condition A of stack App' };
    const get = method('App/Get', 'GET', '/photos', anyOf('photos/read'));
    const any = method('App/Any', 'ANY', '/photos', { kind: 'public' });
    const ask = (wanted: string, ...methods: readonly ReturnType<typeof method>[]) => {
      const found = findMethod(photoModel({ methods }), wanted);
      return 'found' in found ? [found.found.method.id, found.found.route?.path] : messageOf(found);
    };

    test('comes with the route where it may not be there', () => {
      expect(ask('GET /photos', { ...get, condition }, any)).toEqual(['App/Get', '/photos']);
      expect(ask('GET /photos', get, { ...any, condition })).toEqual(['App/Get', undefined]);
      expect(ask('App/Get', { ...get, condition }, any)).toEqual(['App/Get', undefined]);
    });

    test('comes with the route where its verb or path is not known, or those of another', () => {
      const open = { ...get, id: 'App/Open', path: { unknown: 'parameter Host', expression: '/${App/Host}' } };
      expect(ask('GET /photos', open)).toEqual(['App/Open', '/photos']);
      expect(ask('PUT /photos', { ...get, verb: { unknown: 'parameter Verb' } })).toEqual(['App/Get', '/photos']);
      expect(ask('GET /foo', open, { ...any, path: '/{proxy+}' })).toEqual(['App/Any', '/foo']);
      expect(ask('GET /', open)).toContain('[RouteUnknown]');
    });

    test('is the first of two that exclude each other', () => {
      expect(ask('GET /photos', { ...get, condition }, { ...get, id: 'App/Get2', condition: { unknown: 'not A' } })).toEqual(['App/Get', '/photos']);
    });
  });
});
