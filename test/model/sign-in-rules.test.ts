import { formatProblem } from '../../src/model/problem';
import {
  checkAuthFlows, checkAuthSession, checkClientAttributes, checkIdentityProviders, checkRotation,
} from '../../src/model/sign-in-rules';

const lines = (problems: Parameters<typeof formatProblem>[0][]) => problems.map(formatProblem);

describe('SDK sign-in', () => {
  test('fails without a flow, and takes one', () => {
    expect(lines(checkAuthFlows('App', []))).toEqual([
      '[AuthFlows] SDK sign-in of client "App" has no flow; expected at least one flow that is true; choose a flow, or remove authFlows',
    ]);
    expect(checkAuthFlows('App', ['ALLOW_USER_SRP_AUTH'])).toEqual([]);
  });

  test.each([180, 240, 900])('takes a session of %i seconds', (seconds) => {
    expect(checkAuthSession('App', seconds)).toEqual([]);
  });

  test.each([[120, 'is too short'], [179, 'is too short'], [960, 'is too long'], [181, 'is not a whole number of minutes']])(
    'fails with a session of %i seconds, which %s', (seconds, wrong) => {
      expect(lines(checkAuthSession('App', seconds))).toEqual([
        `[AuthSessionValidity] sign-in session of client "App" ${wrong}, got ${seconds} seconds; expected 3 to 15 minutes, in whole minutes; choose a duration in the range`,
      ]);
    });
});

describe('refresh token rotation', () => {
  test.each([0, 1, 60])('takes a grace period of %i seconds', (seconds) => {
    expect(checkRotation('App', seconds, ['ALLOW_USER_SRP_AUTH'])).toEqual([]);
  });

  test.each([[61, 'has a grace period that is too long'], [0.5, 'has a grace period that is not a whole number of seconds']])(
    'fails with a grace period of %d seconds, which %s', (seconds, wrong) => {
      expect(lines(checkRotation('App', seconds, ['ALLOW_USER_SRP_AUTH']))[0]).toContain(`[RefreshTokenRotation] refresh token rotation of client "App" ${wrong}, got`);
    });

  test('fails without SDK sign-in flows', () => {
    expect(lines(checkRotation('App', 0, undefined))[0]).toMatch(/^\[RefreshTokenRotation\] .* is asked for without SDK sign-in flows; expected a flow other than ALLOW_REFRESH_TOKEN_AUTH/);
  });
});

describe('identity providers', () => {
  test('fails for none, and for one that is listed twice', () => {
    expect(lines(checkIdentityProviders('App', []))[0]).toContain('[IdentityProviders] client "App" lists no identity provider');
    expect(lines(checkIdentityProviders('App', ['Google', 'COGNITO', 'Google']))).toEqual([
      '[IdentityProviders] client "App" lists an identity provider twice, got "Google"; expected each identity provider once; remove one of them',
    ]);
    expect(lines(checkIdentityProviders('App', ['COGNITO', '']))[0]).toContain('client "App" lists an identity provider without a name');
    expect(checkIdentityProviders('App', ['Google', 'COGNITO'])).toEqual([]);
  });
});

describe('user attributes', () => {
  test('fails for an empty set', () => {
    expect(lines(checkClientAttributes('App', 'read', []))[0]).toContain('[ClientAttributes] read attributes of client "App" are an empty set');
    expect(lines(checkClientAttributes('App', 'write', []))[0]).toContain('[ClientAttributes] write attributes of client "App" are an empty set');
  });

  test.each(['email_verified', 'phone_number_verified'])('fails where %s is to be written, and lets it be read', (attribute) => {
    expect(lines(checkClientAttributes('App', 'write', ['email', attribute]))).toEqual([
      expect.stringContaining(`write attributes of client "App" name one that no client may write, got "${attribute}"`),
    ]);
    expect(checkClientAttributes('App', 'read', ['email', attribute])).toEqual([]);
  });
});
