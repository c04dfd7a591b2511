import type { CST, Document, Node, Pair, Scalar } from 'yaml';
import { scalarValue } from './yaml-scalars';
import { MAX_DEPTH, tokensOf } from './yaml-tokens';
import type { Problem } from '../model/problem';

type Yaml = typeof import('yaml');

/** More than any template has; stops aliases that multiply («billion laughs»). */
const MAX_NODES = 2_000_000;

/* Short forms of CloudFormation (template reference, «Intrinsic functions», 2026); these two have no `Fn::`. */
const PLAIN_NAMES = ['Ref', 'Condition'];

/** The content of a YAML text, or what is wrong with it. Loads the parser on the first use. */
export function parseYaml(text: string, subject: string): { value: unknown } | { problem: Problem } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as Yaml;
  const lines = new yaml.LineCounter();
  const problemAt = (offset: number, message: string): { problem: Problem } => ({
    problem: {
      code: 'InputSyntax',
      subject,
      wrong: `is no YAML at line ${lines.linePos(offset).line}`,
      got: message,
      expected: 'JSON or YAML',
      fix: 'correct the file',
    },
  });
  const tokens: CST.Token[] = [];
  for (const token of tokensOf(yaml, text, lines.addNewLine)) {
    // The parser goes on after an error, with one more for every line of garbage.
    if (token.type === 'error') return problemAt(token.offset, token.message);
    tokens.push(token);
  }
  const [document, ...others] = new yaml.Composer({ uniqueKeys: false, logLevel: 'silent' }).compose(tokens, true, text.length);
  const [error] = document.errors;
  const second = others.find(({ contents, errors }) => errors.length > 0 || !isEmpty(contents));
  if (second !== undefined) return problemAt(second.range[0], 'a second document');
  if (error !== undefined) return problemAt(error.pos[0], error.message);
  try {
    return { value: new Conversion(yaml).convert(document) };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    const { problem, offset } = failure;
    return { problem: { ...problem, subject, ...(offset !== undefined && { wrong: `${problem.wrong} at line ${lines.linePos(offset).line}` }) } };
  }
}

/** Whether a document has nothing in it, as behind a last `---`. */
function isEmpty(contents: Node | null): boolean {
  return contents === null || ('value' in contents && contents.value === null);
}

class Refusal extends Error {
  public constructor(public readonly problem: Problem, public readonly offset?: number) {
    super(problem.wrong);
  }
}

interface Anchored { readonly value: unknown; readonly nodes: number }

/** Turns the nodes of a document into plain data, with the short forms of intrinsic functions in their long form. */
class Conversion {
  private readonly anchors = new Map<string, Anchored | 'open'>();
  private nodes = 0;

  public constructor(private readonly yaml: Yaml) {}

  public convert(document: Document): unknown {
    return this.valueOf(document.contents, 0);
  }

  private valueOf(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    if (depth > MAX_DEPTH) throw refusal('InputSyntax', 'is nested too deep', `at most ${MAX_DEPTH} levels`);
    this.count(1);
    if (this.yaml.isAlias(node)) return this.anchored(node.source);
    const { anchor } = node as { anchor?: string };
    if (anchor === undefined) return longForm(node.tag, this.plainValueOf(node, depth));
    const before = this.nodes;
    this.anchors.set(anchor, 'open');
    const value = longForm(node.tag, this.plainValueOf(node, depth));
    this.anchors.set(anchor, { value, nodes: this.nodes - before });
    return value;
  }

  private anchored(name: string): unknown {
    const anchored = this.anchors.get(name);
    if (anchored === 'open') throw refusal('TemplateCircular', `has an alias *${name} inside its own anchor`, 'no thing that contains itself');
    if (anchored === undefined) throw refusal('InputSyntax', `has an alias *${name} without an anchor`, 'an anchor before its aliases');
    this.count(anchored.nodes);
    return anchored.value;
  }

  private plainValueOf(node: Node, depth: number): unknown {
    if (this.yaml.isScalar(node)) return scalarValue(node);
    if (this.yaml.isSeq(node)) return node.items.map((each) => this.valueOf(each as Node | null, depth + 1));
    if (!this.yaml.isMap(node)) return null;
    const members = new Map<string, unknown>();
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (isMerge(pair)) throw refusal('InputSyntax', 'has a merge key <<', 'the merged members written out', offsetOf(pair));
      if (members.has(key)) throw refusal('InputSyntax', `has the key ${key} twice`, 'each key once', offsetOf(pair));
      members.set(key, this.valueOf(pair.value as Node | null, depth + 1));
    }
    return Object.fromEntries(members);
  }

  private count(nodes: number): void {
    this.nodes += nodes;
    if (this.nodes > MAX_NODES) throw refusal('InputTooLarge', 'has too many values', `at most ${MAX_NODES} values with all aliases written out`);
  }
}

function refusal(code: Problem['code'], wrong: string, expected: string, offset?: number): Refusal {
  return new Refusal({ code, subject: '', wrong, expected, fix: 'correct the file' }, offset);
}

function offsetOf(pair: Pair): number | undefined {
  return (pair.key as Scalar | null)?.range?.[0];
}

/** A key as it is written, so that account ids keep their zeros. */
function keyOf(pair: Pair): string {
  const key = pair.key as Scalar | null;
  return key?.source ?? String(key?.value ?? '');
}

/* CloudFormation supports YAML 1.1 without saying whether with merge keys (user guide, template formats, 2026). */
function isMerge(pair: Pair): boolean {
  const key = pair.key as Scalar | null;
  return key?.value === '<<' && key.type === 'PLAIN';
}

function longForm(tag: string | undefined, value: unknown): unknown {
  if (tag === undefined || !/^![A-Za-z0-9]/.test(tag)) return value;
  const name = tag.slice(1);
  if (PLAIN_NAMES.includes(name)) return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}
