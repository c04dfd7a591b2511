import { StringDecoder } from 'node:string_decoder';

/** Characters of a line that are kept. */
const MAX_LINE_CHARACTERS = 16_384;
/** Characters of the output of one invocation that are kept. */
export const MAX_OUTPUT_CHARACTERS = 1_048_576;

/** Takes the output of a function apart into lines, in bounded memory. */
export interface OutputLines {
  write(chunk: Buffer): void;
  /** Hands on what stands after the last line break. */
  end(): void;
}

/**
 * Makes a splitter of output.
 *
 * The line `endOfOutput` is not handed on: it ends the output of an invocation, and the line break before it belongs to it.
 */
export function splitOutput(endOfOutput: string, onLine: (line: string) => void, onEndOfOutput: () => void): OutputLines {
  const decoder = new StringDecoder('utf8');
  /** The beginning of the open line, at most one character longer than what is kept. */
  let open = '';
  let emptyLines = 0;
  let characters = 0;
  let leftOut = 0;

  return {
    write(chunk) {
      const text = decoder.write(chunk);
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        extend(text, from, at);
        closeLine();
        from = at + 1;
      }
      extend(text, from, text.length);
    },
    end() {
      if (open) closeLine();
      finish();
    },
  };

  function extend(text: string, from: number, to: number): void {
    const room = MAX_LINE_CHARACTERS + 1 - open.length;
    if (room > 0) open += text.slice(from, Math.min(to, from + room));
  }

  function closeLine(): void {
    const line = open.endsWith('\r') ? open.slice(0, -1) : open;
    open = '';
    if (line === endOfOutput) {
      emptyLines = Math.max(0, emptyLines - 1);
      finish();
      onEndOfOutput();
    } else if (line === '') {
      emptyLines++;
    } else {
      for (; emptyLines > 0; emptyLines--) keep('');
      keep(line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}… (cut)` : line);
    }
  }

  function finish(): void {
    for (; emptyLines > 0; emptyLines--) keep('');
    if (leftOut > 0) onLine(`… (${leftOut} more ${leftOut === 1 ? 'line' : 'lines'} left out)`);
    characters = 0;
    leftOut = 0;
  }

  function keep(line: string): void {
    // The line break counts, so that empty lines are bounded too.
    characters += line.length + 1;
    if (characters <= MAX_OUTPUT_CHARACTERS) onLine(line);
    else leftOut++;
  }
}
