import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { PROBLEM_CODES } from '../src/model/problem-codes';

const ROOT = join(__dirname, '..');
const MAX_LINES = 400;
const MAX_MEDIAN_LINES = 120;

/** What users may import. A name that leaves this list breaks them; one that joins it is kept for good. */
const PUBLIC_SURFACE = [
  'Access', 'AppClientAttributes', 'AppClientOptions', 'CommonClientOptions', 'DeclaredAccess', 'DeclaredAccessProps', 'IAppClient', 'IClientReference', 'IScopedResourceServer', 'MachineClient',
  'MachineClientOptions', 'MachineClientProps', 'ManagedLoginBranding', 'MobileClient', 'MobileClientOptions', 'MobileClientProps', 'ProtectedApi',
  'ProtectedApiProps', 'ReplacementGuard', 'ReplacementGuardOptions', 'RouteOptions', 'RouteSettings', 'Scope', 'ScopeDeprecation', 'ScopeOptions',
  'ScopedResourceServer', 'ScopedResourceServerAttributes', 'ScopedResourceServerManifestAttributes', 'ScopedResourceServerProps', 'SdkClient', 'SdkClientProps', 'SignInOptions', 'SpaClient',
  'SpaClientOptions', 'SpaClientProps', 'TokenTrigger', 'TokenTriggerProps', 'UserClientOptions', 'WebClient', 'WebClientOptions', 'WebClientProps',
];

interface Source {
  /** Path below the root. */
  readonly path: string;
  readonly text: string;
}

const sources: Source[] = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(ROOT, 'src', file))
  .map((file) => ({ path: relative(ROOT, file), text: readFileSync(file, 'utf8') }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));

/** An object literal with a code and the texts of a message. */
interface BuiltProblem {
  readonly place: string;
  readonly code?: string;
  /** The fixed beginnings and ends of the texts by member; a member may have several, of a conditional. */
  readonly texts: { readonly [member: string]: readonly { readonly start: string; readonly end: string }[] };
}

const MESSAGE_MEMBERS = ['wrong', 'expected', 'fix'];

/** Finds every problem that a source builds: object literals with `wrong`, `expected` and `fix`. */
function problemsIn({ path, text }: Source): BuiltProblem[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: BuiltProblem[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const members = new Map<string, ts.Expression | undefined>();
      for (const property of node.properties) {
        if (ts.isPropertyAssignment(property)) members.set(property.name.getText(), property.initializer);
        else if (ts.isShorthandPropertyAssignment(property)) members.set(property.name.text, undefined);
      }
      if (MESSAGE_MEMBERS.every((member) => members.has(member))) {
        const code = members.get('code');
        found.push({
          place: `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
          code: code !== undefined && ts.isStringLiteralLike(code) ? code.text : undefined,
          texts: Object.fromEntries(MESSAGE_MEMBERS.map((member) => [member, endsOf(members.get(member))])),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The beginnings and ends of a text that are fixed; empty strings where they are not. */
function endsOf(expression: ts.Expression | undefined): { start: string; end: string }[] {
  if (expression === undefined) return [];
  if (ts.isStringLiteralLike(expression)) return [{ start: expression.text, end: expression.text }];
  if (ts.isTemplateExpression(expression)) {
    return [{ start: expression.head.text, end: expression.templateSpans[expression.templateSpans.length - 1].literal.text }];
  }
  if (ts.isConditionalExpression(expression)) return [...endsOf(expression.whenTrue), ...endsOf(expression.whenFalse)];
  if (ts.isParenthesizedExpression(expression)) return endsOf(expression.expression);
  return [];
}

/** Circles of imports that are meant: public types that name each other. */
const MEANT_CIRCLES = ['src/constructs/scope-deprecation.ts src/constructs/scope.ts src/constructs/scoped-resource-server-ref.ts'];

/** The files that a source imports from, those of types alone included; paths below the root. */
function importsOf({ path, text }: Source): string[] {
  return ts.preProcessFile(text, true).importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => `${join(path, '..', fileName)}.ts`)
    .map((target) => (sources.some((source) => source.path === target) ? target : target.replace(/\.ts$/, '/index.ts')));
}

/** Groups of sources that lead to each other by imports; each as its paths, joined by spaces. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Map([...graph.keys()].map((from) => {
    const seen = new Set<string>();
    const open = [...graph.get(from) ?? []];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...graph.get(next) ?? []);
    }
    return [from, seen] as const;
  }));
  const isCircular = (path: string) => reached.get(path)!.has(path);
  const circle = (path: string) => [...graph.keys()].filter((other) => reached.get(path)!.has(other) && reached.get(other)?.has(path)).sort().join(' ');
  return [...new Set([...graph.keys()].filter(isCircular).map(circle))];
}

/** What is wrong with the message of a built problem. */
function faultsOf(problem: BuiltProblem): string[] {
  return MESSAGE_MEMBERS.flatMap((member) => problem.texts[member].flatMap(({ start, end }) => {
    const faults: string[] = [];
    if (/^[A-Z][a-z]*( |$)/.test(start)) faults.push('starts with a capital');
    if (/^\s/.test(start) || /\s$/.test(end)) faults.push('has space around it');
    if (/[.!?;]$/.test(end)) faults.push('ends with punctuation');
    if (/\n/.test(start + end)) faults.push('has a line break');
    return faults.map((fault) => `${problem.place} ${member} ${fault}`);
  }));
}

/** Codes of problems that a source names, as literals of their own. */
function codesIn({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isStringLiteralLike(node) && node.text in PROBLEM_CODES && !isKey) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
}

function linesOf({ text }: Source): number {
  return text.split('\n').length - 1;
}

/** The names that a source exports, those of the files behind `export *` included. */
function exportsOf({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const target = join(path, '..', (statement.moduleSpecifier as ts.StringLiteral).text);
      return exportsOf(sources.find((source) => source.path === `${target}.ts`)!);
    }
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) return [];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
    return [(statement as ts.DeclarationStatement).name!.text];
  }).sort();
}

describe('the public surface', () => {
  test('is the list above', () => {
    expect(exportsOf(sources.find(({ path }) => path === 'src/index.ts')!)).toEqual(PUBLIC_SURFACE);
    expect(exportsOf({ path: 'a.ts', text: 'export const a = 1, b = 2; export class C {} class D {}' })).toEqual(['C', 'a', 'b']);
  });

  test('is made of export lines only', () => {
    const index = sources.find(({ path }) => path === 'src/index.ts')!;
    expect(index.text.trim().split('\n').filter((line) => !/^export \* from '\.\/constructs\/[a-z-]+';$/.test(line))).toEqual([]);
  });

  test('has a docstring on every public member', () => {
    expect(sources.filter(({ path }) => /^src\/constructs\/[^/]+$/.test(path)).flatMap(undocumented)).toEqual([]);
    expect(undocumented({ path: 'bad.ts', text: 'export class A { public a(): void {} }' })).toEqual(['bad.ts A', 'bad.ts A.a']);
  });

  test('says of every optional property what its default is', () => {
    expect(sources.filter(({ path }) => /^src\/constructs\/[^/]+$/.test(path)).flatMap(withoutDefault)).toEqual([]);
    expect(withoutDefault({ path: 'bad.ts', text: 'export interface A { /** A. */ readonly a?: string; }' })).toEqual(['bad.ts A.a']);
  });
});

/** Exported declarations, and public members of classes and interfaces, that have no docstring and inherit none. */
function undocumented({ path, text }: Source): string[] {
  return declarationsIn(path, text).flatMap(({ name, node, inherits }) => [
    ...(documented(node) ? [] : [`${path} ${name}`]),
    ...(inherits ? [] : membersOf(node).filter((member) => !documented(member)).map((member) => `${path} ${name}.${member.name!.getText()}`)),
  ]);
}

function withoutDefault({ path, text }: Source): string[] {
  return declarationsIn(path, text).flatMap(({ name, node }) => membersOf(node)
    .filter((member) => ts.isPropertySignature(member) && member.questionToken !== undefined)
    .filter((member) => !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'default'))
    .map((member) => `${path} ${name}.${member.name!.getText()}`));
}

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration;

function declarationsIn(path: string, text: string): { name: string; node: Declaration; inherits: boolean }[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return file.statements
    .filter((node): node is Declaration => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node))
    .map((node) => ({
      name: node.name!.text,
      node,
      // Members of an implemented interface have its docstrings.
      inherits: (node.heritageClauses ?? []).some(({ token }) => token === ts.SyntaxKind.ImplementsKeyword),
    }));
}

function membersOf(node: Declaration): readonly (ts.ClassElement | ts.TypeElement)[] {
  const members: readonly (ts.ClassElement | ts.TypeElement)[] = node.members;
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  return members.filter((member) => member.name !== undefined
    && !(ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => hidden.includes(kind))));
}

function documented(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

describe('sizes', () => {
  test(`of sources are at most ${MAX_LINES} lines, with a median of at most ${MAX_MEDIAN_LINES}`, () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.filter((source) => linesOf(source) > MAX_LINES).map(({ path }) => path)).toEqual([]);
    expect(medianOf(sources.map(linesOf))).toBeLessThanOrEqual(MAX_MEDIAN_LINES);
  });

  test('are counted rightly', () => {
    expect(linesOf({ path: 'a.ts', text: 'a\nb\n' })).toBe(2);
    expect([medianOf([5]), medianOf([9, 1, 5]), medianOf([1, 9, 5, 7])]).toEqual([5, 5, 5]);
  });
});

describe('imports', () => {
  test('of types count too, and run in no circle', () => {
    expect(circlesOf(new Map(sources.map((source) => [source.path, importsOf(source)])))).toEqual(MEANT_CIRCLES);
  });

  test('are found, and so are circles', () => {
    const text = "import type { B } from './model/access'; import { isObject } from '../src/template/intrinsics'; export * from 'node:fs';";
    expect(importsOf({ path: 'src/a.ts', text })).toEqual(['src/model/access.ts', 'src/template/intrinsics/index.ts']);
    expect(circlesOf(new Map([['a', ['b']], ['b', ['c', 'd']], ['c', ['a']], ['d', ['c']], ['e', ['a']], ['f', ['f']]]))).toEqual(['a b c d', 'f']);
  });
});

describe('problems', () => {
  const problems = sources.flatMap(problemsIn);

  test('are told from good ones where their texts break the shape', () => {
    const bad = `const a = { code: 'Usage', subject: 's', wrong: 'Is bad', expected: \`good \${x}.\`, fix: y ? 'change it!' : ' fix it' };
      const fine = { code: 'Usage', subject: 's', wrong: 'is bad', expected: 'AWS::Cognito::UserPool or "A"', fix: \`\${x}\` };`;
    const found = problemsIn({ path: 'bad.ts', text: bad });
    expect(found.map(({ code, place }) => `${place} ${code}`)).toEqual(['bad.ts:1 Usage', 'bad.ts:2 Usage']);
    expect(found.flatMap(faultsOf)).toEqual([
      'bad.ts:1 wrong starts with a capital', 'bad.ts:1 expected ends with punctuation', 'bad.ts:1 fix ends with punctuation', 'bad.ts:1 fix has space around it',
    ]);
  });

  test('have the house shape', () => {
    expect(problems.length).toBeGreaterThan(50);
    expect(problems.flatMap(faultsOf)).toEqual([]);
  });

  test('have codes that are in the registry, and the registry has no others', () => {
    const used = sources.filter(({ path }) => path !== 'src/model/problem-codes.ts').flatMap(codesIn);
    expect(codesIn({ path: 'x.ts', text: "const a: string = 'Usage'; const b = { 'ClientName': 'no' }; f('NoCode');" })).toEqual(['Usage']);
    expect(problems.map(({ code }) => code).filter((code) => code !== undefined && !(code in PROBLEM_CODES))).toEqual([]);
    expect(Object.keys(PROBLEM_CODES).filter((code) => !used.includes(code))).toEqual([]);
  });

  test('are each explained in one sentence or more', () => {
    expect(Object.entries(PROBLEM_CODES).filter(([code, meaning]) => !/^[A-Z][A-Za-z]+$/.test(code) || !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
  });
});
