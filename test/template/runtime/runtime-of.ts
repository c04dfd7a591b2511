import type { RuntimeModel } from '../../../src/model/runtime-model';
import { runtimeFromTemplates } from '../../../src/template/runtime/runtime-from-templates';
import type { TemplateSource } from '../../../src/template/template-set';
import { source } from '../templates';

/** The runtime model of templates. */
export function runtimeOf(...sources: readonly TemplateSource[]): RuntimeModel {
  return runtimeFromTemplates({ templates: sources });
}

/** The runtime model of a template of the stack `App` that has only resources. */
export function runtimeOfResources(resources: object, more: Partial<TemplateSource> = {}): RuntimeModel {
  return runtimeOf(source({ Parameters: { Open: { Type: 'String' } }, Resources: resources }, more));
}

/** An expression that no template fixes. */
export const OPEN = { Ref: 'Open' };

/** What `OPEN` is in a model. */
export const UNKNOWN = { unknown: 'parameter App/Open has no default', expression: '${App/Open}' };
