import type { ResourceTable, TemplateResource } from './resources';
import { Unresolved, placeholderName, toText, type Resolved } from './unresolved';
import { toUnknown } from './values';
import type { Api, UserPool } from '../model/access-model';
import { externalUserPool } from '../model/user-pools';
import { isUnknown, type Value } from '../model/value';

const API_TYPE = 'AWS::ApiGateway::RestApi';
const ROOT = '.RootResourceId';

/**
 * Turns what templates write in place of a thing (`Ref`, an attribute, an ARN, an id) into the id of an entity, and
 * keeps the things that no template of the set declares.
 */
export class EntityIds {
  private readonly pools = new Map<string, UserPool>();
  private readonly apis = new Map<string, Api>();

  public constructor(private readonly table: ResourceTable) {}

  /** User pools that are only named. */
  public get externalPools(): UserPool[] {
    return [...this.pools.values()];
  }

  /** APIs that are only named. */
  public get externalApis(): Api[] {
    return [...this.apis.values()];
  }

  /** The resource that a value refers to, of one type. */
  public resource(value: Resolved, type: string): TemplateResource | undefined {
    const name = value instanceof Unresolved ? value.name : undefined;
    const found = name === undefined ? undefined : this.table.byId.get(name);
    return found?.type === type ? found : undefined;
  }

  /** Whether a name is that of the root resource of an API that the templates declare. */
  public isRoot(name: string): boolean {
    return name.endsWith(ROOT) && this.table.byId.get(name.slice(0, -ROOT.length))?.type === API_TYPE;
  }

  /**
   * The id of a user pool, from its id or ARN.
   *
   * A pool that is not known is unknown with the expression of its id, so that an ARN around a parameter and the
   * parameter itself are the same pool.
   */
  public userPool(value: Resolved, subject: string): Value<string> {
    if (value === undefined || value === null || value === '') return { unknown: `${subject} is missing` };
    const text = toText(value, subject);
    const identity = text instanceof Unresolved ? text.expression : text;
    if (identity === undefined) return toUnknown(text as Unresolved);
    const bare = bareUserPool(identity);
    const name = placeholderName(bare);
    if (name !== undefined && this.table.byId.get(name)?.type === 'AWS::Cognito::UserPool') return name;
    if (text instanceof Unresolved && bare.includes('${')) return { unknown: text.unknown, expression: bare };
    if (!this.pools.has(bare)) this.pools.set(bare, externalUserPool(bare));
    return bare;
  }

  /** The id of an API. An API that no template declares gets an entity of its own. */
  public api(value: Resolved, owner: TemplateResource): string {
    const declared = this.resource(value, API_TYPE);
    if (declared !== undefined) return declared.id;
    const text = toText(value, 'RestApiId');
    const id = (text instanceof Unresolved ? text.expression : text) ?? `${owner.id}.RestApiId`;
    if (!this.apis.has(id)) {
      this.apis.set(id, { id, origin: 'external', kind: 'rest', resourcePolicy: false, stages: [], gatewayResponses: [] });
    }
    return id;
  }

  /** The id of an authorizer; a literal one where it is none of the templates'. */
  public authorizer(value: Resolved): Value<string> | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    const declared = this.resource(value, 'AWS::ApiGateway::Authorizer');
    if (declared !== undefined) return declared.id;
    const text = toText(value, 'AuthorizerId');
    return isUnknown(text) ? toUnknown(text as Unresolved) : text;
  }
}

/** Takes an ARN away from around the id of a user pool, in any partition. */
function bareUserPool(identity: string): string {
  const id = /^arn:[^]*:userpool\/([^]+)$/.exec(identity)?.[1] ?? identity;
  // Taking a parameter that holds an ARN apart leaves the parameter.
  const [, parameter] = /^\$\{(.+?)(?: split : \[5\])? split \/ \[1\]\}$/.exec(id) ?? [];
  return parameter === undefined ? id : `\${${parameter}}`;
}
