import type { DeployedMethod } from './calls';
import type { Emulator } from './ministack';
import { physicalIds } from './stacks';
import { createUser, describeClient, obtainTokens, sourcesOf, type IssuedToken } from './tokens';
import type { AccessModel } from '../../src/model/access-model';
import { isKnown, showValue, type Value } from '../../src/model/value';

/** The tokens of each client, by the id of the client. */
export type TokensByClient = ReadonlyMap<string, readonly IssuedToken[]>;

/** Maps the ids of a model, `Stack/LogicalId`, to what the emulator made of them. */
export class DeployedModel {
  /** Reads the physical ids of all stacks that the model names. */
  public static async read(emulator: Emulator, model: AccessModel): Promise<DeployedModel> {
    const stacks = new Map<string, Map<string, string>>();
    for (const { id } of [...model.userPools, ...model.clients, ...model.apis].filter((each) => !isPhysical(each.id))) {
      const [stack] = split(id);
      if (!stacks.has(stack)) stacks.set(stack, await physicalIds(emulator, stack.replaceAll('/', '-')) ?? new Map());
    }
    return new DeployedModel(emulator, model, stacks);
  }

  private constructor(
    public readonly emulator: Emulator, public readonly model: AccessModel,
    private readonly stacks: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ) {}

  /** The physical id of `Stack/LogicalId`, or of what another app deploys. */
  public physical(id: string): string {
    if (isPhysical(id)) return id;
    const [stack, logicalId] = split(id);
    const found = this.stacks.get(stack)?.get(logicalId);
    if (found === undefined) throw new Error(`${id} is not deployed`);
    return found;
  }

  public method(id: string): DeployedMethod {
    const method = this.model.methods.find((candidate) => candidate.id === id)!;
    const { stages } = this.model.apis.find((api) => api.id === method.api)!;
    return { restApi: this.physical(method.api), stage: known(stages[0].name), verb: known(method.verb), path: known(method.path) };
  }

  /** All tokens of all clients; one user for each pool signs in. */
  public async tokens(): Promise<TokensByClient> {
    const tokens = new Map<string, IssuedToken[]>();
    for (const pool of this.model.userPools) {
      const userPool = this.physical(pool.id);
      const user = await createUser(this.emulator, userPool, { email: 'somebody@example.com' });
      for (const { id } of this.model.clients.filter((candidate) => candidate.userPool === pool.id)) {
        const client = await describeClient(this.emulator, userPool, this.physical(id));
        const issued = await Promise.all(sourcesOf(client).map((source) => obtainTokens(this.emulator, client, source, user)));
        tokens.set(id, issued.flat());
      }
    }
    return tokens;
  }
}

/** Whether an id of the model is that of something which no template declares. */
function isPhysical(id: string): boolean {
  return !id.includes('/');
}

function split(id: string): [string, string] {
  const slash = id.lastIndexOf('/');
  return [id.slice(0, slash), id.slice(slash + 1)];
}

function known<T extends string>(value: Value<T>): T {
  if (!isKnown(value)) throw new Error(`a deployed method depends on ${showValue(value)}, which the templates do not fix`);
  return value;
}
