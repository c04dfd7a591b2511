import { openSync, closeSync } from 'node:fs';
import { readStdin, type ByteStream } from '../../src/cli/read-stdin';
import { MAX_INPUT_BYTES } from '../../src/template/template-text';

let fd: number;
beforeAll(() => {
  fd = openSync(__filename, 'r');
});
afterAll(() => closeSync(fd));

function stream(...chunks: readonly (string | Error)[]): ByteStream {
  return {
    fd,
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) {
        if (chunk instanceof Error) throw chunk;
        yield Buffer.from(chunk, 'latin1');
      }
    },
  };
}

test('a character may be split over two chunks', async () => {
  expect(await readStdin(stream('a\u00c3', '\u00a9z'))).toBe('a\u00e9z');
});

test('the limit counts bytes', async () => {
  const half = '\u00c3\u00a9'.repeat(MAX_INPUT_BYTES / 4);
  expect(await readStdin(stream(half, half))).toHaveLength(MAX_INPUT_BYTES / 2);
  await expect(readStdin(stream(half, half, 'x'))).rejects.toThrow(/^\[InputTooLarge\] standard input is too large; /);
});

test.each([
  ['with its code', Object.assign(new Error('broken'), { code: 'EIO' }), 'EIO'],
  ['with its message where it has no code', new Error('broken'), 'broken'],
])('fails on any error of reading, %s', async (_, error, shown) => {
  await expect(readStdin(stream('{', error))).rejects.toThrow(`[InputUnreadable] standard input cannot be read, got "${shown}"; `);
});
