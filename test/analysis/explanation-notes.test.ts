import { anyOf, api, authorizer, machine, method, photoModel, pool, server } from './models';
import { plainText } from './plain-text';
import { explain } from '../../src/analysis/explain';
import { buildMatrix } from '../../src/analysis/matrix';
import { renderExplanationText } from '../../src/analysis/render-explanation-text';
import type { AccessModel, Method } from '../../src/model/access-model';

const LIST = method('App/List', 'GET', '/photos', anyOf('photos/read'));

/** The answer for a machine client with the scope `photos/read`. */
function answer(parts: Partial<AccessModel> = {}, asked: Method = LIST) {
  const client = machine('App/Export', 'NightlyExport', ['photos/read']);
  const model = photoModel({ clients: [client, machine('App/Other', 'Other', ['photos/read'], { condition: WHY })], methods: [asked], ...parts });
  return { explanation: explain(model, model.clients[0], asked), matrix: buildMatrix(model) };
}

function notesOf(...args: Parameters<typeof answer>): string[] {
  return (answer(...args).explanation.notes ?? []).map(({ kind, subjects }) => `${kind} ${subjects.join(' ')}`);
}

const WHY = { unknown: 'parameter Stage' };
const external = [{ ...pool('us-east-1_AbCdEfGhI'), origin: 'external' as const }];
const elsewhere = {
  userPools: external,
  resourceServers: [],
  domains: [],
  clients: [machine('App/Export', 'NightlyExport', ['photos/read'], { userPool: 'us-east-1_AbCdEfGhI' })],
  authorizers: [authorizer('App/Auth', 'App/Api', ['us-east-1_AbCdEfGhI'])],
};

test.each<[string, Partial<AccessModel>, Method, string[]]>([
  ['nothing to know', {}, LIST, []],
  ['a user pool without a domain', { domains: [] }, LIST, ['domainMissing App/Pool']],
  ['a trigger that can take scopes away', { userPools: [pool('App/Pool', { tokenTrigger: 'V3_0', triggerScopes: [] })] }, LIST, ['tokenTrigger App/Pool']],
  ['a user pool of which something is assumed', elsewhere, LIST, ['domainMissing us-east-1_AbCdEfGhI', 'externalUserPool us-east-1_AbCdEfGhI']],
  ['a resource policy', { apis: [api('App/Api', 'photo-api', { resourcePolicy: true })] }, LIST, ['resourcePolicy App/Api']],
  ['a private API', { apis: [api('App/Api', 'photo-api', { private: true })] }, LIST, ['privateApi App/Api']],
  ['an API key on top', {}, { ...LIST, apiKeyRequired: true }, ['apiKey App/List']],
  ['an authorizer under a condition', { authorizers: [authorizer('App/Auth', 'App/Api', ['App/Pool'], { condition: WHY })] }, LIST, ['condition App/Auth']],
  ['a part that is not read', { notRead: [{ subject: 'App/Nested', reason: 'a nested stack' }] }, LIST, ['notRead App/Nested']],
])('a yes shows %s', (_, parts, asked, expected) => {
  expect(answer(parts, asked).explanation.verdict).toBe('allow');
  expect(notesOf(parts, asked)).toEqual(expected);
});

test('what concerns another client, another API or another user pool is not shown', () => {
  expect(notesOf({
    apis: [api('App/Api'), api('App/Orders', 'orders', { resourcePolicy: true, private: true })],
    userPools: [pool('App/Pool'), pool('App/Away', { origin: 'external', condition: WHY })],
  })).toEqual([]);
});

test('a note on several subjects names those of the answer alone', () => {
  const domains: AccessModel['domains'] = [];
  const clients = [machine('App/Export', 'Export', ['photos/read']), machine('App/B', 'B', [], { userPool: 'App/Away' })];
  const parts = { domains, clients, userPools: [pool('App/Pool'), pool('App/Away')] };
  expect(answer(parts).matrix.notes).toMatchObject([{ kind: 'domainMissing', subjects: ['App/Away', 'App/Pool'] }]);
  expect(notesOf(parts)).toEqual(['domainMissing App/Pool']);
});

test('an answer that needs no token shows nothing of clients and user pools', () => {
  const parts = { domains: [], clients: [machine('App/Export', 'Export', ['photos/read'], { condition: WHY })] };
  expect(notesOf(parts, { ...LIST, access: { kind: 'public' } })).toEqual([]);
});

test('a no shows what could make it a yes, and nothing that only weakens a yes', () => {
  const refused = { ...LIST, access: anyOf('photos/admin') };
  expect(notesOf({ ...elsewhere, apis: [api('App/Api', 'a', { resourcePolicy: true })] }, refused)).toEqual(['externalUserPool us-east-1_AbCdEfGhI']);
  const userPools = [pool('App/Pool'), pool('App/Away')];
  const parts = { userPools, resourceServers: [server('App/Photos', 'photos', ['read'])], authorizers: [authorizer('App/Auth', 'App/Api', ['App/Away'])] };
  expect(notesOf(parts)).toEqual(['scopeOfOtherPool App/List']);
});

test('a condition that the answer gives as its reason is said once', () => {
  const { explanation } = answer({}, { ...LIST, condition: WHY });
  expect(explanation).toMatchObject({ verdict: 'unknown', decisive: { text: 'parameter Stage' } });
  expect(explanation).not.toHaveProperty('notes');
});

test('the text has them at its end', () => {
  const { explanation } = answer({ domains: [] });
  expect(renderExplanationText(explanation, plainText(200))).toMatch(/method accepts\n\n! App\/Pool: has no domain in these templates; .* from a domain\n$/);
});
