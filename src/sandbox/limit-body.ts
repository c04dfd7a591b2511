import type { Context, MiddlewareHandler } from 'hono';

/**
 * Reads the body of a request up to a size, in bytes, whether its length is announced or not; what reads it later finds it there.
 *
 * Hono's own body limit makes a new `Request` of the one that `@hono/node-server` gives, which Node.js refuses.
 */
export function limitBody<E extends object>(maxSize: number, onError: (context: Context<E>) => Response | Promise<Response>): MiddlewareHandler<E> {
  return async (context, next) => {
    const { req } = context;
    if (Number(req.header('content-length') ?? 0) > maxSize) return onError(context);
    const body = req.raw.body;
    if (body !== null) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        size += chunk.byteLength;
        if (size > maxSize) return onError(context);
        chunks.push(chunk);
      }
      const whole = new Uint8Array(Buffer.concat(chunks));
      // What Hono itself keeps there is a promise too.
      (req.bodyCache as { arrayBuffer?: Promise<ArrayBuffer> }).arrayBuffer = Promise.resolve(whole.buffer);
    }
    return next();
  };
}
