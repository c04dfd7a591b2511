import { fstatSync } from 'node:fs';
import { ProblemError } from '../model/problem';
import { MAX_INPUT_BYTES, tooLarge } from '../template/template-text';

/** A stream of bytes, and the file behind it. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  readonly fd: number;
}

/**
 * Reads standard input to its end, and stops where it is too large.
 *
 * @throws ProblemError `InputUnreadable`, `InputTooLarge`
 */
export async function readStdin(stream: ByteStream): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Node.js gives a folder as a stream without bytes.
    if (fstatSync(stream.fd).isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MAX_INPUT_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new ProblemError([{
      code: 'InputUnreadable',
      subject: 'standard input',
      wrong: 'cannot be read',
      got: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
      expected: 'a template in JSON or YAML',
      fix: 'pipe a template into the command, or give its path',
    }]);
  }
  if (size > MAX_INPUT_BYTES) throw new ProblemError([tooLarge('standard input')]);
  return Buffer.concat(chunks).toString('utf8');
}
