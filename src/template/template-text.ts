import { isObject, member, objectOf } from './json';
import { MAX_JSON_DEPTH, duplicateKey, membersIn, scanJson } from './json-scan';
import { parseYaml } from './yaml-template';
import { ProblemError, type Problem } from '../model/problem';
import { stringOf } from '../model/value';

/** Larger than any template and any assembly manifest: CloudFormation takes templates of 1 MB. */
export const MAX_INPUT_BYTES = 20 * 1024 * 1024;

/** YAML takes far longer to parse than JSON; CloudFormation takes templates of 1 MB. */
const MAX_YAML_BYTES = 2 * 1024 * 1024;

const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

/**
 * Reads JSON or YAML, whichever the content is.
 *
 * @throws ProblemError `InputEmpty`, `InputTooLarge`, `InputSyntax`
 */
export function parseText(text: string, subject: string): unknown {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const bytes = Buffer.byteLength(content);
  if (bytes > MAX_INPUT_BYTES) throw new ProblemError([tooLarge(subject, bytes)]);
  if (!/\S/.test(content)) {
    throw new ProblemError([{
      code: 'InputEmpty',
      subject,
      wrong: 'is empty',
      expected: 'a CloudFormation template in JSON or YAML',
      fix: 'give another file',
    }]);
  }
  const parsed = LOOKS_LIKE_JSON.test(content) ? parseJson(content, subject) : parseYamlText(content, subject);
  if ('value' in parsed) return parsed.value;
  throw new ProblemError([parsed.problem]);
}

/** A brace or bracket, and what only JSON has behind it; YAML in one line has no quotes around its first key. */
const LOOKS_LIKE_JSON = /^\s*(?:\{\s*(?:["}]|$)|\[)/;

function parseYamlText(text: string, subject: string): ReturnType<typeof parseYaml> {
  if (text.includes('\0')) return { problem: binary(subject) };
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_YAML_BYTES) return { problem: tooLarge(subject, bytes, `at most ${MAX_YAML_BYTES} bytes of YAML`) };
  return parseYaml(text, subject);
}

/**
 * Reads a template.
 *
 * @throws ProblemError as `parseText`, and `InputNotTemplate`, `TemplateNeedsSam`
 */
export function parseTemplate(text: string, subject: string): object {
  return checkTemplate(unwrapped(parseText(text, subject), subject), subject);
}

/**
 * Reads a template of a cloud assembly: that of a stack without resources has no `Resources`, and is a template all the same.
 *
 * @throws ProblemError as `parseTemplate`
 */
export function parseAssemblyTemplate(text: string, subject: string): object {
  const template = parseText(text, subject);
  return checkTemplate(isObject(template) && template.Resources === undefined ? { ...template, Resources: {} } : template, subject);
}

function checkTemplate(template: unknown, subject: string): object {
  if (!isObject(template)) {
    throw new ProblemError([notTemplate(subject, 'is no template', Array.isArray(template) ? 'a list' : `a ${template === null ? 'null' : typeof template}`)]);
  }
  const { Resources: resources } = template;
  if (!isObject(resources)) {
    throw new ProblemError([notTemplate(subject, resources === undefined ? 'has no Resources' : 'has Resources that are no object')]);
  }
  checkSam(template, subject);
  return template;
}

/** The template in the output of `aws cloudformation get-template`: as an object where it is JSON, as a text where it is YAML. */
function unwrapped(value: unknown, subject: string): unknown {
  const body = member(value, 'TemplateBody');
  if (body === undefined || member(value, 'Resources') !== undefined) return value;
  return typeof body === 'string' ? parseText(body, subject) : body;
}

/** The problem of an input that is larger than any template; without its size where it was not read to its end. */
export function tooLarge(subject: string, bytes?: number, expected: string = `at most ${MAX_INPUT_BYTES} bytes`): Problem {
  return {
    code: 'InputTooLarge',
    subject,
    wrong: 'is too large',
    ...(bytes !== undefined && { got: `${bytes} bytes` }),
    expected,
    fix: 'give a template or a cloud assembly',
  };
}

function parseJson(text: string, subject: string): { value: unknown } | { problem: Problem } {
  const problem = (wrong: string, position: number | undefined, expected: string) => {
    const line = position === undefined ? '' : ` at line ${text.slice(0, position).split('\n').length}`;
    return { problem: { code: 'InputSyntax' as const, subject, wrong: `${wrong}${line}`, expected, fix: 'correct the file' } };
  };
  const { members, tooDeepAt } = scanJson(text);
  if (tooDeepAt !== undefined) return problem('is nested too deep', tooDeepAt, `at most ${MAX_JSON_DEPTH} levels`);
  try {
    const value: unknown = JSON.parse(text);
    const twice = membersIn(value) === members ? undefined : duplicateKey(text);
    return twice === undefined ? { value } : problem(`has the key ${twice.key} twice`, twice.position, 'each key once');
  } catch (error) {
    return problem('is no JSON', errorPosition((error as Error).message, text), 'JSON or YAML');
  }
}

/** Characters around an error that V8 quotes in its message. */
const QUOTED = 10;

/** Where JSON is broken: V8 gives the position, or quotes the text around it. */
function errorPosition(message: string, text: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  if (message.startsWith('Unexpected end')) return text.length;
  const [, before, quoted, after] = /, (\.\.\.)?"([^]*)"(\.\.\.)? is not valid JSON$/.exec(message) ?? [];
  if (quoted === undefined) return undefined;
  const start = text.indexOf(quoted);
  if (before !== undefined && start === text.lastIndexOf(quoted)) return start + QUOTED;
  return before === undefined && after !== undefined ? quoted.length - QUOTED : undefined;
}

function binary(subject: string): Problem {
  return { code: 'InputSyntax', subject, wrong: 'is no text', expected: 'JSON or YAML', fix: 'give another file' };
}

function notTemplate(subject: string, wrong: string, got?: string): Problem {
  return {
    code: 'InputNotTemplate',
    subject,
    wrong,
    ...(got !== undefined && { got }),
    expected: 'a CloudFormation template, an object with Resources',
    fix: 'give a template or a cloud assembly',
  };
}

/** SAM resources become Cognito and API Gateway resources only when CloudFormation expands them. */
function checkSam(template: { readonly [key: string]: unknown }, subject: string): void {
  const transforms = [template.Transform].flat();
  if (!transforms.includes(SAM_TRANSFORM)) return;
  const [logicalId] = Object.entries(objectOf(template.Resources))
    .find(([, resource]) => stringOf(member(resource, 'Type')).startsWith('AWS::Serverless::')) ?? [];
  if (logicalId === undefined) return;
  throw new ProblemError([{
    code: 'TemplateNeedsSam',
    subject,
    wrong: `still needs the transform ${SAM_TRANSFORM}`,
    got: `resource ${logicalId}`,
    expected: 'a template after its transforms',
    fix: 'deploy it or create a change set, then give the output of "aws cloudformation get-template --template-stage Processed --stack-name NAME --query TemplateBody"',
  }]);
}
