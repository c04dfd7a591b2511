import { circularError } from './circular-error';
import type { EntityIds } from './entity-ids';
import type { TemplateResource } from './resources';
import { Unresolved, placeholder, toText, type Resolved } from './unresolved';
import { requiredText } from './values';
import { joinText, type Value } from '../model/value';

const RESOURCE_TYPE = 'AWS::ApiGateway::Resource';

/** More than any URL has; keeps hostile input from exhausting the stack. */
const MAX_PARTS = 1_000;

/** Finds the path of an `AWS::ApiGateway::Resource` along its parents, across stacks too. */
export class PathReader {
  private readonly paths = new Map<string, Value<string>>();
  private readonly open: string[] = [];

  public constructor(private readonly ids: EntityIds) {}

  /** The path of the resource that a value names: `/` for the root of an API. */
  public pathOf(value: Resolved): Value<string> {
    const resource = this.ids.resource(value, RESOURCE_TYPE);
    if (resource !== undefined) return this.pathOfResource(resource);
    const text = toText(value, 'ResourceId');
    if (text instanceof Unresolved) {
      const { name, unknown } = text;
      if (name !== undefined && this.ids.isRoot(name)) return '/';
      return name === undefined ? { unknown } : { unknown, expression: placeholder(`path of ${name}`) };
    }
    return { unknown: `resource ${text} is outside of the templates`, expression: placeholder(`path of ${text}`) };
  }

  private pathOfResource(resource: TemplateResource): Value<string> {
    const { id } = resource;
    const known = this.paths.get(id);
    if (known !== undefined) return known;
    if (this.open.includes(id)) throw circularError([...this.open.slice(this.open.indexOf(id)), id]);
    if (this.open.length >= MAX_PARTS) return { unknown: `the path of ${id} has too many parts` };
    this.open.push(id);
    const parent = this.pathOf(resource.property('ParentId'));
    this.open.pop();
    const part = requiredText(resource.property('PathPart'), 'PathPart');
    const path = joinText(parent === '/' ? ['/', part] : [parent, '/', part]);
    this.paths.set(id, path);
    return path;
  }
}
