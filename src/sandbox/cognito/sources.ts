import type { TokenSource } from '../../model/tokens';

/** How a machine obtains its token. */
export type MachineSource = Extract<TokenSource, 'client_credentials' | 'clientToken'>;

/** How a user's tokens come about. */
export type UserSource = Exclude<TokenSource, MachineSource>;
