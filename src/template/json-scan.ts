/** How deep a text may be nested; no template comes near. */
export const MAX_JSON_DEPTH = 1_000;

const [QUOTE, BACKSLASH, COLON, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = '"\\:{}[]'.split('').map((each) => each.charCodeAt(0));

/** What a look at a JSON text says before it is parsed, and what `JSON.parse` does not say. */
export interface JsonScan {
  /** How many members its objects have as they are written. */
  readonly members: number;
  /** Where it is nested too deep; parsing it would take much memory. */
  readonly tooDeepAt?: number;
}

/** Looks at the marks of a JSON text; right for texts that `JSON.parse` takes. */
export function scanJson(text: string): JsonScan {
  let members = 0;
  let depth = 0;
  for (let position = 0; position < text.length; position++) {
    switch (text.charCodeAt(position)) {
      case QUOTE:
        position = endOfText(text, position);
        break;
      case COLON:
        members++;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > MAX_JSON_DEPTH) return { members, tooDeepAt: position };
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--;
    }
  }
  return { members };
}

/** How many members the objects in a value have. */
export function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + membersIn(each), 0);
  const values: unknown[] = Object.values(value);
  return values.reduce((sum: number, each) => sum + membersIn(each), values.length);
}

/** The first key that an object of a JSON text has twice, and where it stands for the second time. */
export function duplicateKey(text: string): { readonly key: string; readonly position: number } | undefined {
  const objects: Set<string>[] = [];
  let start = 0;
  let end = 0;
  for (let position = 0; position < text.length; position++) {
    switch (text.charCodeAt(position)) {
      case QUOTE:
        start = position;
        end = position = endOfText(text, position);
        break;
      case COLON: {
        const key = JSON.parse(text.slice(start, end + 1)) as string;
        const keys = objects[objects.length - 1];
        if (keys.has(key)) return { key, position: start };
        keys.add(key);
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        objects.push(new Set());
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        objects.pop();
    }
  }
  return undefined;
}

/** Where a text in quotes ends. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, position: number): boolean {
  let before = position - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (position - before) % 2 === 0;
}
