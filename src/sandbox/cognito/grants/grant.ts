import type { CognitoContext } from '../cognito-context';
import type { Form } from '../form';
import type { LiveClient, LivePool } from '../live-pool';
import type { OAuthError } from '../oauth-error';
import type { IssuedTokens } from '../user-tokens';

/** One grant of the token endpoint, for a client that has authenticated. */
export type Grant = (context: CognitoContext, pool: LivePool, client: LiveClient, form: Form) => Promise<IssuedTokens | OAuthError>;
