import { isObject, member, objectOf } from './json';
import { parseYaml } from './yaml-template';
import { ProblemError, type Problem } from '../model/problem';

/** Larger than any template and any assembly manifest: CloudFormation takes templates of 1 MB. */
export const MAX_INPUT_BYTES = 20 * 1024 * 1024;

/* Beyond this a text without the word "Resources" is not worth parsing as YAML. */
const LARGE_CHARACTERS = 1024 * 1024;

const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

/**
 * Reads JSON or YAML, whichever the content is.
 *
 * @throws ProblemError `InputEmpty`, `InputTooLarge`, `InputSyntax`
 */
export function parseText(text: string, subject: string): unknown {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.length > MAX_INPUT_BYTES) throw new ProblemError([tooLarge(subject, content.length)]);
  const first = /\S/.exec(content)?.[0];
  if (first === undefined) {
    throw new ProblemError([{
      code: 'InputEmpty', subject, wrong: 'is empty', expected: 'a CloudFormation template in JSON or YAML', fix: 'give another file',
    }]);
  }
  const json = first === '{' || first === '[' ? parseJson(content, subject) : undefined;
  if (json !== undefined && 'value' in json) return json.value;
  if (content.includes('\0')) throw new ProblemError([binary(subject)]);
  // JSON with an error in it; YAML in one line is tried for small texts only.
  if (json !== undefined && content.length > LARGE_CHARACTERS) throw new ProblemError([json.problem]);
  if (content.length > LARGE_CHARACTERS && !content.includes('Resources')) throw new ProblemError([notTemplate(subject, 'is no template')]);
  const yaml = parseYaml(content, subject);
  if ('value' in yaml) return yaml.value;
  throw new ProblemError([json?.problem ?? yaml.problem]);
}

/**
 * Reads a template.
 *
 * @throws ProblemError as `parseText`, and `InputNotTemplate`, `TemplateNeedsSam`
 */
export function parseTemplate(text: string, subject: string): object {
  const template = parseText(text, subject);
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

/** The problem of an input that is larger than any template. */
export function tooLarge(subject: string, bytes: number): Problem {
  return {
    code: 'InputTooLarge',
    subject,
    wrong: 'is too large',
    got: `${bytes} bytes`,
    expected: `at most ${MAX_INPUT_BYTES} bytes`,
    fix: 'give a template or a cloud assembly',
  };
}

function parseJson(text: string, subject: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = (error as Error).message;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    return {
      problem: {
        code: 'InputSyntax', subject, wrong: `is no JSON at line ${line}`, expected: 'JSON or YAML', fix: 'correct the file',
      },
    };
  }
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
    .find(([, resource]) => String(member(resource, 'Type')).startsWith('AWS::Serverless::')) ?? [];
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
