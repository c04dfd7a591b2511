import { circularError } from './circular-error';
import { member, objectOf } from './json';
import type { TemplateSource } from './template-set';
import { parseTemplate } from './template-text';
import { ProblemError, type Problem } from '../model/problem';

const NESTED_TYPE = 'AWS::CloudFormation::Stack';

/** The template of a nested stack, and the file that holds it. */
export interface NestedTemplate {
  readonly file: string;
  readonly template: object;
}

/**
 * Finds the template of a nested stack by the text of its `TemplateURL`; placeholders are left in it.
 *
 * @param from the file of the parent template
 */
export type FindNested = (url: string, from: string, metadata: unknown) => NestedTemplate | Problem | undefined;

/** The nested template in a file, or what is wrong with the file: the stack that names it is read all the same. */
export function nestedTemplateIn(
  file: string, readText: (file: string) => string, parse: (text: string, subject: string) => object = parseTemplate,
): NestedTemplate | Problem {
  try {
    return { file, template: parse(readText(file), file) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems[0];
  }
}

/**
 * A template followed by the templates of its nested stacks, at any depth.
 *
 * @param finish adds to each template what is known from its file
 * @throws ProblemError `TemplateCircular` where a template holds itself
 */
export function withNested(
  source: TemplateSource,
  file: string,
  find: FindNested,
  finish: (source: TemplateSource, file: string) => TemplateSource,
  outer: readonly string[] = [],
): TemplateSource[] {
  const files = [...outer, file];
  const unreadNested: { [logicalId: string]: string } = {};
  const sources: TemplateSource[] = [];
  for (const [logicalId, resource] of Object.entries(objectOf(member(source.template, 'Resources')))) {
    if (member(resource, 'Type') !== NESTED_TYPE) continue;
    const nested = find(flatText(member(member(resource, 'Properties'), 'TemplateURL')), file, member(resource, 'Metadata'));
    if (nested === undefined) continue;
    if ('wrong' in nested) {
      unreadNested[logicalId] = `the template of the nested stack ${nested.wrong}`;
      continue;
    }
    if (files.includes(nested.file)) throw circularError([...files.slice(files.indexOf(nested.file)), nested.file]);
    const child: TemplateSource = {
      stack: `${source.stack}/${logicalId}`,
      template: nested.template,
      environment: source.environment,
      nestedIn: { stack: source.stack, logicalId },
    };
    sources.push(...withNested(child, nested.file, find, finish, files));
  }
  return [finish(Object.keys(unreadNested).length > 0 ? { ...source, unreadNested } : source, file), ...sources];
}

/** The text of an URL as far as the template writes it: enough to recognise a file name at its end. */
export function flatText(node: unknown): string {
  if (typeof node === 'string') return node;
  const join = member(node, 'Fn::Join');
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    return join[1].map((part: unknown) => (typeof part === 'string' ? part : '${}')).join(join[0]);
  }
  const sub = member(node, 'Fn::Sub');
  const text: unknown = Array.isArray(sub) ? sub[0] : sub;
  return typeof text === 'string' ? text : '${}';
}
