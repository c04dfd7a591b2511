import { identityOf, isUnknown, type Value } from '../../model/value';
import type { ResourceTable, TemplateResource } from '../resources';
import { placeholderName } from '../unresolved';
import { textValue } from '../values';

const FUNCTION = 'AWS::Lambda::Function';
const ALIAS_TYPES: readonly string[] = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** An alias names a function, or an alias that a template writes around another reference. */
const MAX_STEPS = 5;

/** The resource that an expression stands for, or an attribute of which it stands for. */
export function resourceOfExpression(table: ResourceTable, expression: string | undefined): TemplateResource | undefined {
  const name = placeholderName(expression);
  return name === undefined ? undefined : table.byId.get(name) ?? table.byId.get(name.replace(/(\/[^/.]+)\.[^/]+$/, '$1'));
}

/** Turns what templates write in place of a function (ARN, name, alias, version) into the id of a function. */
export class FunctionReferences {
  public constructor(private readonly table: ResourceTable) {}

  /**
   * The function that an ARN or a name stands for: its id, or the text itself where it is none of the templates'.
   *
   * @param identity the text, or its expression
   * @param owner the resource that names it: of functions with one name, that of its own stack counts
   * @param reason why the text is not known, where it is not
   */
  public of(identity: string, owner: TemplateResource, reason?: string): Value<string> {
    const found = this.find(identity, owner, 0);
    if (found !== undefined) return found.id;
    if (/\$\{!?stageVariables\./.test(identity)) return { unknown: `a stage variable chooses the function: ${identity.replace('${!', '${')}` };
    return identity.includes('${') ? { unknown: reason ?? `the function ${identity} is outside of the templates`, expression: identity } : identity;
  }

  private find(identity: string, owner: TemplateResource, steps: number): TemplateResource | undefined {
    if (steps > MAX_STEPS) return undefined;
    // A version or an alias may follow.
    const [, bare = identity] = /^(\$\{[^!}][^}]*\})(?::[^]+)?$/.exec(identity) ?? [];
    const resource = resourceOfExpression(this.table, bare);
    if (resource?.type === FUNCTION) return resource;
    if (resource !== undefined && ALIAS_TYPES.includes(resource.type)) {
      const name = textValue(resource.property('FunctionName'), 'FunctionName');
      const next = name === undefined ? undefined : identityOf(name);
      return next === undefined ? undefined : this.find(next, resource, steps + 1);
    }
    const start = identity.lastIndexOf(':function:');
    if (start < 0) return this.named(identity, owner);
    const name = identity.slice(start + ':function:'.length);
    return name.startsWith('${') ? this.find(name, owner, steps + 1) ?? this.named(name, owner) : this.named(name, owner, identity.slice(0, start));
  }

  /** The function with a name, which a version or an alias may follow; `arn` is what stands before it in an ARN. */
  private named(text: string, owner: TemplateResource, arn?: string): TemplateResource | undefined {
    const found = this.table.ofType(FUNCTION).filter((each) => {
      const name = textValue(each.property('FunctionName'), 'FunctionName');
      const identity = name === undefined ? undefined : identityOf(name);
      return identity !== undefined && (text === identity || text.startsWith(`${identity}:`)) && isIn(arn, each);
    });
    return found.length > 1 ? found.find(({ scope }) => scope.stack === owner.scope.stack) : found[0];
  }
}

/** Whether what stands before the name in an ARN can be the place of a function. */
function isIn(arn: string | undefined, { scope: { source: { environment } } }: TemplateResource): boolean {
  const [, region, account] = /^arn:[^:]+:lambda:([^:$]+):([^:$]+)$/.exec(arn ?? '') ?? [];
  const differs = (given: string | undefined, own: string | undefined) => given !== undefined && own !== undefined && given !== own;
  return !differs(region, environment.region) && !differs(account, environment.account);
}

/** The action of a URI that invokes a function, and the function in it. */
export function invocationOf(uri: Value<string>): { readonly function: string; readonly streams: boolean } | undefined {
  const identity = isUnknown(uri) ? uri.expression : uri;
  const [, name, action] = /:lambda:path\/[^/]+\/functions\/([^]+)\/(invocations|response-streaming-invocations)$/.exec(identity ?? '') ?? [];
  return name === undefined ? undefined : { function: name, streams: action !== 'invocations' };
}
