import type { IncomingMessage } from 'node:http';

/** Longest body of a request, in bytes (API Gateway developer guide, «Quotas for configuring and running a REST API», 2026). */
export const MAX_BODY_BYTES = 10_485_760;

const NOTHING = new Uint8Array(0);

/**
 * The body of a request. Reads no more than the longest that API Gateway takes.
 *
 * @returns `tooLarge` beyond that, `broken` where the connection ends before the body does
 */
export async function readBody(incoming: IncomingMessage): Promise<Uint8Array | 'tooLarge' | 'broken'> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return NOTHING;
  if (Number(length) > MAX_BODY_BYTES) return 'tooLarge';
  // The caller went away while the token was looked at.
  if (incoming.destroyed) return 'broken';
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    const settle = (result: Uint8Array | 'tooLarge' | 'broken') => {
      incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      if (result === 'broken') incoming.on('error', () => undefined);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        incoming.pause();
        settle('tooLarge');
      } else {
        chunks.push(chunk);
      }
    };
    const onEnd = () => settle(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, bytes));
    const onBroken = () => settle('broken');
    incoming.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}
