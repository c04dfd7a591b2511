import { readFileSync } from 'node:fs';
import { Stack, Token } from 'aws-cdk-lib/core';
import { replacements, type Replacement } from '../../analysis/replacements';
import type { AccessModel } from '../../model/access-model';
import { readAccessModel } from '../../model/model-json';
import { expectedNames } from '../../model/nearest';
import { listNames, ProblemError, type Problem } from '../../model/problem';
import { member, objectOf } from '../../template/json';
import { modelFromTemplates } from '../../template/read-access-model';
import type { TemplateSource } from '../../template/template-set';
import { parseTemplate } from '../../template/template-text';

/** Both templates are read under one name, so that logical ids meet. */
const TEMPLATE = 'Stack';

/** What a replacement is called in messages. */
const KINDS: { readonly [kind in Replacement['kind']]: string } = {
  userPool: 'user pool', resourceServer: 'resource server', client: 'client', domain: 'domain',
};

/** Paths of what can be compared with: one of them. */
interface PreviousFiles {
  readonly previousTemplate?: string;
  readonly previousModel?: string;
}

/** What was deployed before. */
export interface Previous {
  readonly model: AccessModel;
  /** What the ids of entities of the stack begin with, in the model; a template holds one stack under any name. */
  readonly prefix: (stack: Stack) => string;
  /** The model of the app as it is now, with ids that begin alike. */
  readonly now: (stack: Stack) => AccessModel;
  /** Whether it is about the stack at all. */
  readonly isAbout: (stack: Stack) => boolean;
}

/** Reads what a guard compares with. Fails where it is not exactly one file that can be read. */
export function previousOf({ previousTemplate, previousModel }: PreviousFiles): Previous {
  if (previousTemplate !== undefined && previousModel === undefined) {
    const template = read(previousTemplate, 'template', (text) => parseTemplate(text, previousTemplate));
    return {
      model: modelFromTemplates({ templates: [{ stack: TEMPLATE, template, environment: {} }] }),
      prefix: () => `${TEMPLATE}/`,
      now: (stack) => modelFromTemplates({ templates: [{ stack: TEMPLATE, template: templateOf(stack), environment: {} }] }),
      isAbout: (stack) => Object.keys(objectOf(member(template, 'Resources'))).some((id) => Object.hasOwn(templateOf(stack).Resources, id)),
    };
  }
  if (previousModel !== undefined && previousTemplate === undefined) {
    const model = read(previousModel, 'access model', readAccessModel);
    const prefix = (stack: Stack) => `${stack.node.path}/`;
    return {
      model,
      prefix,
      now: (stack) => modelFromTemplates({ templates: allTemplates(stack) }),
      isAbout: (stack) => idsIn(model).some((id) => id.startsWith(prefix(stack))),
    };
  }
  throw new ProblemError([{
    code: 'ReplacementGuardInput',
    subject: 'replacement guard',
    wrong: previousTemplate === undefined ? 'has nothing to compare with' : 'has two things to compare with',
    expected: 'previousTemplate or previousModel',
    fix: 'pass one of them',
  }]);
}

function read<T>(path: string, what: string, parse: (text: string) => T): T {
  const failure = (code: Problem['code'], wrong: string): ProblemError => new ProblemError([{
    code, subject: `previous ${what} "${path}"`, wrong, expected: 'a file', fix: 'correct the path, or write the file anew',
  }]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? failure('InputNotFound', 'does not exist') : failure('InputUnreadable', 'cannot be read');
  }
  return parse(text);
}

/** Checks what a stack would replace, compared with what was deployed before. */
export function checkReplacements(stack: Stack, previous: Previous, accepted: readonly string[]): Problem[] {
  if (!previous.isAbout(stack)) return [notAbout(stack)];
  const prefix = previous.prefix(stack);
  const logicalIdOf = (id: string) => (id.startsWith(prefix) ? id.slice(prefix.length) : id);
  const found = replacements(previous.model, previous.now(stack)).filter(({ id }) => id.startsWith(prefix));
  return [
    ...checkAccepted(stack, found.map(({ id }) => logicalIdOf(id)), accepted),
    ...found.filter(({ id }) => !accepted.includes(logicalIdOf(id))).map((each) => problemOf(stack, each, logicalIdOf)),
  ];
}

function notAbout(stack: Stack): Problem {
  return {
    code: 'ReplacementGuardInput',
    subject: `replacement guard of stack "${stack.node.path}"`,
    wrong: 'compares with something that holds nothing of the stack',
    expected: 'what was deployed before of this stack, under the same construct ids',
    fix: 'pass its template or the model of its app; remove the guard where nothing is deployed yet',
  };
}

function idsIn({ userPools, resourceServers, clients, domains }: AccessModel): string[] {
  return [...userPools, ...resourceServers, ...clients, ...domains].map(({ id }) => id);
}

/** Marked as internal in the CDK, but the only place that knows the whole template before it is written. */
function templateOf(stack: Stack): { readonly Resources: object } {
  const template = stack.resolve((stack as Stack & { _toCloudFormation(): object })._toCloudFormation());
  return { ...template, Resources: template.Resources ?? {} };
}

/** The templates of all stacks of the app, under the names that they have in a cloud assembly. */
function allTemplates(stack: Stack): TemplateSource[] {
  return stack.node.root.node.findAll().filter((each): each is Stack => Stack.isStack(each) && each.nestedStackParent === undefined).map((each) => ({
    stack: each.node.path,
    stackName: each.stackName,
    template: templateOf(each),
    environment: {
      ...(!Token.isUnresolved(each.account) && { account: each.account }),
      ...(!Token.isUnresolved(each.region) && { region: each.region }),
    },
  }));
}

function problemOf(stack: Stack, { kind, id, change, before, after, certain, clients }: Replacement, logicalIdOf: (id: string) => string): Problem {
  const broken = clients.length === 0 ? 'no client' : listNames(clients.map(({ name }) => logicalIdOf(name)));
  return {
    code: 'SilentReplacement',
    subject: `${KINDS[kind]} "${logicalIdOf(id)}" of stack "${stack.node.path}"`,
    wrong: `${certain ? 'would' : 'might'} be replaced because of another ${change === 'logicalId' ? 'logical id' : change}, which breaks ${broken}`,
    got: logicalIdOf(after),
    expected: `"${logicalIdOf(before)}" as it was before`,
    fix: `undo the change, or add "${logicalIdOf(id)}" to accepted`,
  };
}

function checkAccepted(stack: Stack, logicalIds: readonly string[], accepted: readonly string[]): Problem[] {
  return accepted.filter((id) => !logicalIds.includes(id)).map((id) => ({
    code: 'SilentReplacement',
    subject: `accepted replacement in stack "${stack.node.path}"`,
    wrong: 'is none that would happen',
    got: id,
    expected: expectedNames(id, [...new Set(logicalIds)], 'none: nothing would be replaced'),
    fix: 'correct the logical id, or remove it once the replacement is deployed',
  }));
}
