import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib/core';
import { replacements, type Replacement } from '../../analysis/replacements';
import type { AccessModel } from '../../model/access-model';
import { expectedNames } from '../../model/nearest';
import { listNames, type Problem } from '../../model/problem';
import { modelFromTemplates } from '../../template/read-access-model';

/** Both templates are read under one name, so that logical ids meet. */
const STACK = 'Stack';

/** What a replacement is called in messages. */
const KINDS: { readonly [kind in Replacement['kind']]: string } = { resourceServer: 'resource server', client: 'client', domain: 'domain' };

/** A template that was deployed before. */
interface PreviousTemplate {
  readonly template: { readonly Resources: { readonly [logicalId: string]: unknown } };
  readonly problems: readonly Problem[];
}

/** Reads a template in JSON; YAML would need a parser, and this package brings none into the apps of users. */
export function readPreviousTemplate(path: string): PreviousTemplate {
  const none = { Resources: {} };
  const failure = (code: Problem['code'], wrong: string): PreviousTemplate => ({
    template: none,
    problems: [{ code, subject: `previous template "${path}"`, wrong, expected: 'a CloudFormation template in JSON', fix: 'correct the path, or write the file anew' }],
  });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? failure('InputNotFound', 'does not exist') : failure('InputUnreadable', 'cannot be read');
  }
  try {
    const template = JSON.parse(text.replace(/^\uFEFF/, ''));
    const { Resources: resources } = template ?? {};
    const isObject = typeof resources === 'object' && resources !== null && !Array.isArray(resources);
    return isObject ? { template, problems: [] } : failure('InputNotTemplate', 'has no Resources');
  } catch {
    return failure('InputSyntax', 'is no JSON');
  }
}

/** Checks what a stack would replace, compared with its previous template. */
export function checkReplacements(stack: Stack, previous: PreviousTemplate['template'], accepted: readonly string[]): Problem[] {
  // Marked as internal in the CDK, but the only place that knows the whole template before it is written.
  const template = stack.resolve((stack as Stack & { _toCloudFormation(): object })._toCloudFormation());
  const found = replacements(modelOf(previous), modelOf({ ...template, Resources: template.Resources ?? {} }));
  return [
    ...checkAccepted(stack, Object.keys(previous.Resources), accepted),
    ...found.filter(({ id }) => !accepted.includes(logicalIdOf(id))).map((each) => problemOf(stack, each)),
  ];
}

function modelOf(template: object): AccessModel {
  return modelFromTemplates({ templates: [{ stack: STACK, template, environment: {} }] });
}

function logicalIdOf(id: string): string {
  return id.startsWith(`${STACK}/`) ? id.slice(STACK.length + 1) : id;
}

function problemOf(stack: Stack, { kind, id, change, before, after, certain, clients }: Replacement): Problem {
  const broken = clients.length === 0 ? 'no client' : listNames(clients.map(({ name }) => logicalIdOf(name)));
  return {
    code: 'SilentReplacement',
    subject: `${KINDS[kind]} "${logicalIdOf(id)}" of stack "${stack.node.path}"`,
    wrong: `${certain ? 'would' : 'might'} be replaced because of another ${change === 'logicalId' ? 'logical id' : change}, which breaks ${broken}`,
    got: logicalIdOf(after),
    expected: `"${logicalIdOf(before)}" as in the previous template`,
    fix: `undo the change, or add "${logicalIdOf(id)}" to accepted`,
  };
}

function checkAccepted(stack: Stack, logicalIds: readonly string[], accepted: readonly string[]): Problem[] {
  return accepted.filter((id) => !logicalIds.includes(id)).map((id) => ({
    code: 'SilentReplacement',
    subject: `accepted replacement in stack "${stack.node.path}"`,
    wrong: 'is not in the previous template',
    got: id,
    expected: expectedNames(id, logicalIds, 'a logical id'),
    fix: 'correct the logical id, or remove it',
  }));
}
