import type { MiddlewareHandler } from 'hono';

/** Names of the machine itself. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/i;

/**
 * Refuses requests whose `Host` is not one of the sandbox's own: a page of another site can lead its own host name to the loopback
 * address, and would be the same origin as the sandbox then.
 *
 * @param listens the address the sandbox listens on; with one that is not loopback, every name is taken
 */
export function hostGuard(listens: string): MiddlewareHandler {
  const open = !isLoopback(listens);
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!open && !LOOPBACK.test(withoutPort(host))) {
      return context.json({ message: 'the sandbox answers requests to this machine only, by the name localhost or a loopback address' }, 421);
    }
    return next();
  };
}

/** Whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address) || address === '::1';
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}
