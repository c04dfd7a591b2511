import { meaningOf, verdictOf } from '../../../src/sandbox/page/verdict';
import type { RequestRecord } from '../../../src/sandbox/sandbox-log';
import { testCognito } from '../cognito/entities';

describe('verdict on a logged request', () => {
  test.each<[string, Pick<RequestRecord, 'part' | 'status' | 'reason' | 'refused'>, string]>([
    ['that a scope lets in', { part: 'gateway', status: 200, reason: 'scopeMatched: photos/read' }, 'allowed'],
    ['that is let in, whatever its function answers', { part: 'gateway', status: 404, reason: 'public' }, 'allowed'],
    ['that lacks a scope', { part: 'gateway', status: 401, reason: 'scopeMissing: needs a, token has b' }, 'refused'],
    ['of no route', { part: 'gateway', status: 403, reason: 'noRoute' }, 'refused'],
    ['whose body is invalid', { part: 'gateway', status: 400, reason: 'Invalid request body' }, 'stopped'],
    ['that cannot run', { part: 'gateway', status: 501, reason: 'python3.12 does not run here' }, 'stopped'],
    ['whose reason is the name of a member of every object', { part: 'gateway', status: 500, reason: 'constructor' }, 'stopped'],
    ['for a token that is issued', { part: 'oauth', status: 200, reason: 'tokens issued' }, 'allowed'],
    ['for a token that is refused', { part: 'oauth', status: 400, reason: 'invalid_grant: the code was used' }, 'refused'],
    ['that leads back with an error', { part: 'oauth', status: 302, reason: 'no such scope', refused: true }, 'refused'],
    ['that Cognito fails', { part: 'cognito-idp', status: 500 }, 'stopped'],
  ])('%s', (_title, record, verdict) => {
    expect(verdictOf(record)).toBe(verdict);
  });

  test('tells the meaning of reasons of decisions, and of no other text', () => {
    expect(meaningOf('expiredToken: the token has expired')).toBe('the token has expired');
    expect(meaningOf('toString')).toBeUndefined();
  });

  test.each([
    ['a redirect URI of nobody', { redirect_uri: 'https://evil.example/' }, true],
    ['a scope that the client has not', { scope: 'photos/delete' }, true],
    ['an ordinary request', {}, undefined],
  ])('an authorization request with %s', async (_title, parameters, refused) => {
    const { client, get, log } = testCognito();
    const asked = { response_type: 'code', client_id: client('Web').clientId, redirect_uri: 'http://localhost:3000/callback', ...parameters };
    expect((await get(`/oauth2/authorize?${new URLSearchParams(asked)}`)).status).toBe(302);
    expect(log.last()[0].refused).toBe(refused);
  });
});
