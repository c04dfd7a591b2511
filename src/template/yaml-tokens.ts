import type { CST } from 'yaml';

/** How deep a text may be nested. */
export const MAX_DEPTH = 200;

/** The parser counts a few levels more. */
const MAX_PARSER_DEPTH = 2 * MAX_DEPTH;

/** A collection and the key at its beginning can have an anchor and a tag each. */
const MAX_PROPERTIES = 4;

/** What is wrong with a text, and where. */
export interface TextError { readonly type: 'error'; readonly offset: number; readonly message: string }

/** The tokens of a YAML text, until its nesting takes the parser too much work. */
export function* tokensOf(yaml: typeof import('yaml'), text: string, onNewLine: (offset: number) => void): Generator<CST.Token | TextError> {
  const parser = new yaml.Parser(onNewLine);
  onNewLine(0);
  let properties = 0;
  let type: CST.TokenType | null = null;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    // Behind the mark of a scalar comes its text, which may look like a token.
    type = type === 'scalar' ? null : yaml.CST.tokenType(lexeme);
    properties = propertiesWith(type, properties);
    const message = type === 'flow-error-end' ? 'a list or map in brackets that is not closed'
      : parser.stack.length > MAX_PARSER_DEPTH ? `more than ${MAX_DEPTH} levels`
        : properties > MAX_PROPERTIES ? 'more than one tag or anchor of a value' : undefined;
    if (message !== undefined) yield { type: 'error', offset: parser.offset, message };
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

/** How many tags and anchors stand one after the other. */
function propertiesWith(type: CST.TokenType | null, before: number): number {
  switch (type) {
    case 'tag':
    case 'anchor': return before + 1;
    case 'space':
    case 'newline':
    case 'comment': return before;
  }
  return 0;
}
