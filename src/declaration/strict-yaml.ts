import type { CST, Document, ErrorCode, Node } from 'yaml';
import type { Problem } from '../model/problem';

type Yaml = typeof import('yaml');

/** What the parser says of a key that is there twice. */
const DUPLICATE_KEY: ErrorCode = 'DUPLICATE_KEY';

/** More than any declaration has. The parser calls itself for each level. */
const MAX_DEPTH = 100;

/**
 * The content of a JSON or YAML 1.2 text that means what it says: no key twice, no anchors and aliases, no merge keys, no tags,
 * no directives, keys that are texts, one document. Loads the parser on the first use.
 *
 * @param file what the text is called in messages
 */
export function parseStrictYaml(text: string, file: string): { readonly value: unknown } | { readonly problems: readonly Problem[] } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as Yaml;
  const lines = new yaml.LineCounter();
  const tokens: CST.Token[] = [];
  const parser = new yaml.Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return { problems: [syntaxProblem(file, 'is nested too deep', undefined, `at most ${MAX_DEPTH} levels`)] };
  }
  tokens.push(...parser.end());
  const documents = [...new yaml.Composer({ prettyErrors: false, logLevel: 'silent' }).compose(tokens, true, text.length)];
  if (documents.length > 1) return { problems: [syntaxProblem(file, 'has more than one document', undefined, 'one document', 'keep one of them')] };
  const [document] = documents;
  const at = (offset: number) => `at line ${lines.linePos(offset).line}`;
  const errors = document.errors.map(({ code, message, pos: [offset] }) => (code === DUPLICATE_KEY
    ? syntaxProblem(file, `has a key twice ${at(offset)}`, keyAt(text, offset), 'each key once', 'remove one of them')
    : syntaxProblem(file, `is neither JSON nor YAML ${at(offset)}`, message)));
  if (errors.length > 0) return { problems: errors };
  const refused = refusals(yaml, document).map(({ what, node, fix = 'write the value out' }) => syntaxProblem(
    file, `has ${what} ${at(node?.range?.[0] ?? 0)}`, undefined, 'plain maps, lists, texts, numbers and booleans', fix,
  ));
  return refused.length > 0 ? { problems: refused } : { value: document.toJS() as unknown };
}

interface Refusal {
  readonly what: string;
  readonly node?: Node;
  readonly fix?: string;
}

/** All that makes the content another one than its text shows. */
function refusals(yaml: Yaml, document: Document.Parsed): Refusal[] {
  const found: Refusal[] = [];
  if (document.directives.yaml.explicit === true || Object.keys(document.directives.tags).length > 1) found.push({ what: 'a directive', fix: 'remove it' });
  yaml.visit(document, {
    Node: (_, node) => {
      if (yaml.isAlias(node)) found.push({ what: 'an alias', node });
      else if (node.anchor !== undefined) found.push({ what: 'an anchor', node });
      if (node.tag !== undefined) found.push({ what: 'a tag', node });
    },
    Pair: (_, { key }) => {
      if (!yaml.isScalar(key) || typeof key.value !== 'string') found.push({ what: 'a key that is no text', node: key as Node, fix: 'put it in quotes' });
      else if (key.value === '<<' && key.type === 'PLAIN') found.push({ what: 'a merge key', node: key });
    },
  });
  return found;
}

function keyAt(text: string, offset: number): string {
  const [, , key = ''] = /^(["']?)(.*?)\1\s*(?::\s|:$|$)/m.exec(text.slice(offset, offset + 200)) ?? [];
  return key;
}

function syntaxProblem(file: string, wrong: string, got: string | undefined, expected = 'JSON or YAML', fix = 'correct the file'): Problem {
  return { code: 'InputSyntax', subject: file, wrong, ...(got !== undefined && { got }), expected, fix };
}
