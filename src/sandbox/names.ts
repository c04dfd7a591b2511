import { createHash } from 'node:crypto';
import { arnOf } from './arn-of';
import type { AccessModel } from '../model/access-model';
import type { Place, RuntimeModel } from '../model/runtime-model';
import { isUserPoolId } from '../model/user-pools';
import { isKnown, isPlaceholder, isUnknown, symbolsOf, type Unknown, type Value } from '../model/value';

/** Where a stack is that does not say: the account of the examples of AWS, and the Region of its documents. */
export const DEFAULT_PLACE = { account: '123456789012', region: 'us-east-1' } as const;

/** What the things of a model are called while the sandbox runs. The same template gives the same names in every run. */
export interface RuntimeNames {
  /** Id of a user pool as Cognito has it, from its id in the access model. */
  userPool(id: string): string;
  /** Client id, from the id of the client in the access model. */
  client(id: string): string;
  /** Id of an API as API Gateway has it, from its id in the access model. */
  api(id: string): string;
  /** What stands for a placeholder such as `Stack/LogicalId` or `Stack/LogicalId.Arn`; undefined where nobody knows. */
  placeholder(name: string): string | undefined;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALPHANUMERIC = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** Names the entities of a model. An external user pool or client that has its id already keeps it. */
export function runtimeNames(model: AccessModel, runtime: RuntimeModel): RuntimeNames {
  const pools = new Map<string, string>();
  const clients = new Map<string, string>();
  const apis = new Map<string, string>();
  const placeholders = new Map<string, string>();
  const places = new Map<string, Place>(runtime.userPools.map((pool) => [pool.id, pool]));
  const userPool = (id: string) => nameOf(pools, id, () => (isUserPoolId(id) ? id : `${places.get(id)?.region ?? DEFAULT_PLACE.region}_${derive(id, ALPHANUMERIC, 9)}`));
  const client = (id: string) => nameOf(clients, id, () => derive(id, LOWER, 26));
  const api = (id: string) => nameOf(apis, id, () => (isGivenApiId(model, id) ? id : derive(id, LOWER, 10)));

  for (const { id, clientId } of model.clients) {
    if (isKnown(clientId)) clients.set(id, clientId);
    placeholders.set(id, client(id));
  }
  for (const { id } of model.userPools) {
    const { account = DEFAULT_PLACE.account, region = DEFAULT_PLACE.region } = places.get(id) ?? {};
    const poolId = userPool(id);
    placeholders.set(id, poolId);
    placeholders.set(`${id}.Arn`, arnOf('cognito-idp', { account, region }, `userpool/${poolId}`));
    // Where a user pool is in AWS: the sandbox has its own issuer, which templates cannot name.
    placeholders.set(`${id}.ProviderName`, `cognito-idp.${region}.amazonaws.com/${poolId}`);
    placeholders.set(`${id}.ProviderURL`, `https://cognito-idp.${region}.amazonaws.com/${poolId}`);
  }
  for (const { id } of model.apis) {
    placeholders.set(id, api(id));
    placeholders.set(`${id}.RootResourceId`, derive(`${id}.RootResourceId`, LOWER, 10));
  }
  for (const each of runtime.functions) {
    const { account = DEFAULT_PLACE.account, region = DEFAULT_PLACE.region } = each;
    const name = functionName(each.id, each.name);
    placeholders.set(each.id, name);
    placeholders.set(`${each.id}.Arn`, arnOf('lambda', { account, region }, `function:${name}`));
  }
  return { userPool, client, api, placeholder: (name) => placeholders.get(name) };
}

/** The name of a function: its own, or one made from its id as CloudFormation makes one. */
export function functionName(id: string, name: Value<string> | undefined): string {
  if (isKnown(name)) return name;
  return `${id.replace(/[^\w-]+/g, '-').slice(0, 50)}-${derive(id, LOWER, 12)}`;
}

/** Replaces the placeholders of a text whose run-time names are known. What stays open keeps its reason. */
export function bind(value: Value<string>, names: Pick<RuntimeNames, 'placeholder'>): Value<string> {
  if (!isUnknown(value) || value.expression === undefined) return value;
  let open = false;
  const parts = symbolsOf(value).map((symbol) => {
    if (!isPlaceholder(symbol)) return symbol;
    const name = names.placeholder(symbol.slice(2, -1));
    if (name === undefined) open = true;
    return name ?? symbol;
  });
  if (!open) return parts.join('');
  const still: Unknown = { unknown: value.unknown, expression: value.expression };
  return still;
}

function nameOf(names: Map<string, string>, id: string, make: () => string): string {
  let name = names.get(id);
  if (name === undefined) names.set(id, name = make());
  return name;
}

function isGivenApiId(model: AccessModel, id: string): boolean {
  return /^[a-z0-9]{10}$/.test(id) && model.apis.some((api) => api.id === id && api.origin === 'external');
}

/** Characters of an alphabet, chosen by the SHA-256 of an id. */
function derive(id: string, alphabet: string, length: number): string {
  let rest = BigInt(`0x${createHash('sha256').update(`${length}:${id}`).digest('hex')}`);
  const base = BigInt(alphabet.length);
  let name = '';
  for (let position = 0; position < length; position++) {
    name += alphabet[Number(rest % base)];
    rest /= base;
  }
  return name;
}
