'use strict';

/**
 * An answer of a Lambda proxy integration.
 *
 * API Gateway adds CORS headers to preflight answers and to its own refusals only: what a function answers needs its own.
 */
exports.answer = (statusCode, body) => ({
  statusCode,
  headers: {
    'Access-Control-Allow-Origin': process.env.ALBUM_ORIGIN ?? 'null',
    'Cache-Control': 'no-store',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  },
  body: body === undefined ? '' : JSON.stringify(body),
});
