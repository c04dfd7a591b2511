import { readIntegrationMappings } from '../../src/sandbox/integration-mappings';
import { contractModel } from '../contract/contract-model';

const MODEL = contractModel(false);
const read = (...texts: string[]) => readIntegrationMappings(texts, MODEL);

test('leads the method of a route to a URL', () => {
  expect(read('GET /photos/{id}=http://127.0.0.1:8080/p?x=1')).toEqual([{ method: 'contract/GET /photos/{id}', url: 'http://127.0.0.1:8080/p?x=1' }]);
});

test('a verb may be written in small letters', () => {
  expect(read('get /photos=http://127.0.0.1:8080')).toEqual([{ method: 'contract/GET /photos', url: 'http://127.0.0.1:8080' }]);
});

test.each([
  ['GET /photos', 'is no mapping'],
  ['=http://127.0.0.1', 'is no mapping'],
  ['GET /photos=', 'is no mapping'],
  ['GET /photos=127.0.0.1:8080', 'is no mapping'],
  ['GET /photos=file:///etc/passwd', 'is no mapping'],
  ['GET /photos=http://', 'is no mapping'],
  ['FETCH /photos=http://127.0.0.1', 'is no mapping'],
  ['GET /pictures=http://127.0.0.1', 'is none of the templates, got "GET /pictures"'],
])('fails for %s', (text, wrong) => {
  expect(() => read(text)).toThrow(`[SandboxIntegration] route of --integration ${wrong}`);
});

test('tells all that is wrong at once', () => {
  expect(() => read('nonsense', 'GET /pictures=http://127.0.0.1')).toThrow(/is no mapping[^]*\n\[SandboxIntegration\].*is none of the templates/);
});
