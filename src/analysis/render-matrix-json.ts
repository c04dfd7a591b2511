import type { Matrix } from './matrix-data';

/** How many entries one chunk holds. */
const CHUNK = 2_000;

/**
 * Writes a matrix as JSON: an entry per line, so that differences of two matrices read well.
 *
 * It comes in chunks, because the text of a large matrix is larger than the matrix.
 */
export function* renderMatrixJson(matrix: Matrix): Generator<string> {
  let separator = '{';
  for (const [name, value] of Object.entries(matrix)) {
    yield `${separator}\n  ${JSON.stringify(name)}: ${Array.isArray(value) ? '[' : JSON.stringify(value)}`;
    separator = ',';
    if (!Array.isArray(value)) continue;
    for (let start = 0; start < value.length; start += CHUNK) {
      const lines = value.slice(start, start + CHUNK).map((entry) => JSON.stringify(entry)).join(',\n    ');
      yield `${start === 0 ? '' : ','}\n    ${lines}`;
    }
    yield value.length === 0 ? ']' : '\n  ]';
  }
  yield '\n}\n';
}
