import type { AccessModel } from '../../src/model/access-model';
import { modelFromTemplates } from '../../src/template/read-access-model';
import { scopesOf } from '../../src/template/template-scope';
import type { TemplateSource } from '../../src/template/template-set';
import type { Resolved } from '../../src/template/unresolved';

/** A template of the stack `App` with nothing known about its deployment, unless given. */
export function source(template: object, more: Partial<TemplateSource> = {}): TemplateSource {
  return { stack: 'App', template, environment: {}, ...more };
}

/** The model of templates. */
export function modelOf(...sources: readonly TemplateSource[]): AccessModel {
  return modelFromTemplates({ templates: sources });
}

/** The model of a template that has only resources. */
export function modelOfResources(resources: object): AccessModel {
  return modelOf(source({ Resources: resources }));
}

/** What an expression gives in the first of some templates. */
export function resolveIn(expression: unknown, ...sources: readonly TemplateSource[]): Resolved {
  return scopesOf({ templates: sources })[0].resolve(expression);
}

/** What an expression gives in a template with some sections. */
export function resolve(expression: unknown, sections: object = {}, more: Partial<TemplateSource> = {}): Resolved {
  return resolveIn(expression, source({ Resources: {}, ...sections }, more));
}

/** An object of which no text can be made. */
export const TEXTLESS: unknown = JSON.parse('{ "toString": 1, "valueOf": 1 }');
