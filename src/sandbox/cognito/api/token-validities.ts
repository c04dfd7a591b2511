import { ApiError } from './api-error';
import { VALIDITY_RANGES } from '../../../model/client-rules';
import type { LiveClient } from '../live-pool';

/** Seconds of each unit. */
const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** The unit of a token's life. */
export type TimeUnit = keyof typeof SECONDS;

/** The units of a client's tokens, as the API has them. */
export interface ValidityUnits {
  readonly AccessToken?: TimeUnit;
  readonly IdToken?: TimeUnit;
  readonly RefreshToken?: TimeUnit;
}

/** What a call says of the lives of tokens. */
export interface ValidityInput {
  readonly AccessTokenValidity?: number;
  readonly IdTokenValidity?: number;
  readonly RefreshTokenValidity?: number;
  readonly TokenValidityUnits?: ValidityUnits;
}

type Validities = Pick<LiveClient, 'accessTokenValidity' | 'idTokenValidity' | 'refreshTokenValidity'>;

/** Where a call gives no unit (API reference of CreateUserPoolClient). */
const DEFAULT_UNIT = { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' } as const;
/** «Quotas in Amazon Cognito», 2026; in seconds. */
const DEFAULT_LIFE = { AccessToken: 3600, IdToken: 3600, RefreshToken: 30 * 86_400 } as const;
type Kind = keyof typeof DEFAULT_LIFE;

/**
 * The lives of tokens in seconds: 5 minutes to 1 day, refresh tokens 60 minutes to 10 years, and no token longer than the refresh token
 * («Quotas in Amazon Cognito», 2026). A refresh token validity of 0 counts as the default.
 */
export function readValidities(input: ValidityInput): Validities {
  const accessTokenValidity = life(input, 'AccessToken', VALIDITY_RANGES.access);
  const idTokenValidity = life(input, 'IdToken', VALIDITY_RANGES.id);
  const refreshTokenValidity = life(input, 'RefreshToken', VALIDITY_RANGES.refresh);
  if (Math.max(accessTokenValidity, idTokenValidity) > refreshTokenValidity) {
    throw new ApiError(
      'InvalidParameterException', 'Access and Id Token expiration times must be less than or equal to refresh token expiration times.',
    );
  }
  return { accessTokenValidity, idTokenValidity, refreshTokenValidity };
}

/** The lives of tokens as the API shows them, in the units that were asked for where these are known. */
export function showValidities(lives: Validities, asked: ValidityUnits = {}): Required<ValidityInput> {
  const access = shown(lives.accessTokenValidity, asked.AccessToken ?? DEFAULT_UNIT.AccessToken);
  const id = shown(lives.idTokenValidity, asked.IdToken ?? DEFAULT_UNIT.IdToken);
  const refresh = shown(lives.refreshTokenValidity, asked.RefreshToken ?? DEFAULT_UNIT.RefreshToken);
  return {
    AccessTokenValidity: access.value,
    IdTokenValidity: id.value,
    RefreshTokenValidity: refresh.value,
    TokenValidityUnits: { AccessToken: access.unit, IdToken: id.unit, RefreshToken: refresh.unit },
  };
}

function life(input: ValidityInput, kind: Kind, range: { readonly min: number; readonly max: number }): number {
  const value = input[`${kind}Validity`];
  if (value === undefined || (kind === 'RefreshToken' && value === 0)) return DEFAULT_LIFE[kind];
  const seconds = value * SECONDS[input.TokenValidityUnits?.[kind] ?? DEFAULT_UNIT[kind]];
  if (seconds < range.min || seconds > range.max) throw new ApiError('InvalidParameterException', 'Invalid range for token validity.');
  return seconds;
}

/** A client of a template has no units: the first that fits is taken. */
function shown(seconds: number, asked: TimeUnit): { readonly value: number; readonly unit: TimeUnit } {
  const unit = ([asked, 'minutes'] as const).find((each) => seconds % SECONDS[each] === 0) ?? 'seconds';
  return { value: seconds / SECONDS[unit], unit };
}
