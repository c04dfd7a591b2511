import type { IssuedTokens } from './user-tokens';

/** Tokens as the token endpoint answers them; what is not there is absent, not null. */
export interface TokenResponse {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

/** Writes tokens as the token endpoint does. */
export function tokenResponse({ idToken, accessToken, refreshToken, expiresIn }: IssuedTokens): TokenResponse {
  return {
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: expiresIn,
    token_type: 'Bearer',
  };
}
