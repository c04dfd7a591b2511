import type { TokenSource } from '../../model/tokens';

/** How a machine obtains its token. */
export type MachineSource = Extract<TokenSource, 'client_credentials' | 'clientToken'>;

/** How a user's tokens come about. */
export type UserSource = Exclude<TokenSource, MachineSource>;

/** Whether the client itself is the caller. */
export function isMachineSource(source: TokenSource): source is MachineSource {
  return source === 'client_credentials' || source === 'clientToken';
}
