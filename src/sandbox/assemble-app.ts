import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { COGNITO_IDP_PATH } from './describe-sandbox';
import { hostGuard } from './host-guard';

/** The parts of a sandbox that answer requests. */
export interface SandboxParts {
  readonly page: Hono;
  readonly control: Hono;
  readonly cognitoApi: Hono<any>;
  readonly oauth: Hono<any>;
  readonly gateway: Hono<{ Bindings: HttpBindings }>;
}

/** What `@hono/node-server` calls with each request. */
export interface SandboxApp {
  fetch(request: Request, env: HttpBindings): Response | Promise<Response>;
}

/**
 * Puts the parts on one port.
 *
 * What begins with `/apis/` in the request line is for the gateway and nobody else, however its path goes on: it reads the line as it is.
 *
 * @param listens the address the sandbox listens on
 * @param served called when a part other than the gateway has answered
 */
export function assembleApp({ page, control, cognitoApi, oauth, gateway }: SandboxParts, listens: string, served: () => void): SandboxApp {
  const guard = hostGuard(listens);
  const apis = new Hono<{ Bindings: HttpBindings }>().use(guard).route('/apis', gateway);
  const others = new Hono<{ Bindings: HttpBindings }>().use(guard).use(async (_context, next) => {
    await next();
    served();
  });
  others.route('/_sandbox', control);
  others.route(COGNITO_IDP_PATH, cognitoApi);
  others.route('/', page);
  others.route('/', oauth);
  others.notFound((context) => context.json({ message: 'the sandbox serves nothing here' }, 404, { 'x-sandbox': 'not-served' }));
  return {
    fetch(request, env) {
      const { url = '' } = env.incoming;
      // A whole URL in the request line may name another host than the header does.
      if (!url.startsWith('/')) return Response.json({ message: 'the request line must have a path' }, { status: 400 });
      return (url.startsWith('/apis/') ? apis : others).fetch(request, env);
    },
  };
}
