import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKeyValue, cognito } from './aws-api';
import { send, type Answer } from './calls';
import type { Emulator } from './ministack';
import type { Credentials } from './sigv4';
import { deployTemplate, physicalIds } from './stacks';
import { createUser, describeClient, obtainTokens, TokenRefused, type IssuedToken, type User, type UserPoolClient } from './tokens';
import { CONTRACT_TEMPLATE_PATH } from '../contract/implementations';
import type { Expectation, Scenario, TokenOf } from '../contract/scenarios';

const STACK = 'Contract';
const USER_POOLS = ['Users', 'Partners', 'Strangers', 'Modern', 'Entitled'];
const GARBAGE = 'garbage';

/** What can be seen from outside: the reason of a decision cannot. */
interface Seen {
  readonly verdict: Expectation['verdict'];
  readonly status?: number;
  readonly method?: string;
}

/** The contract template, deployed. */
export class ContractStack {
  /** Creates the stack, or updates it to other parameters. */
  public static async deploy(emulator: Emulator, parameters: Scenario['parameters'], invoker: Credentials): Promise<ContractStack> {
    await deployTemplate(emulator, STACK, readFileSync(CONTRACT_TEMPLATE_PATH, 'utf8'), parameters);
    return new ContractStack(emulator, (await physicalIds(emulator, STACK))!, invoker);
  }

  private readonly users = new Map<string, Promise<User>>();

  private constructor(
    private readonly emulator: Emulator, private readonly ids: ReadonlyMap<string, string>, private readonly invoker: Credentials,
  ) {}

  /** Does what a scenario says, and tells what came of it. */
  public async answer({ credentials, verb, path }: Scenario): Promise<Seen> {
    const jwt = await this.jwt(credentials);
    if (jwt === 'none') return { verdict: 'noToken' };
    const headers = {
      ...(jwt !== undefined && { Authorization: `${credentials.scheme ?? 'Bearer '}${jwt}` }),
      ...(credentials.apiKey && { 'x-api-key': await apiKeyValue(this.emulator, this.id('Key')) }),
    };
    const method = { restApi: this.id('Api'), stage: 'test', verb, path };
    return seen(await send(this.emulator, method, headers, credentials.iam ? this.invoker : undefined));
  }

  private async jwt({ token, fate }: Scenario['credentials']): Promise<string | undefined> {
    if (token === undefined || token === GARBAGE) return token;
    const issued = await this.issue(token, fate === 'expired');
    if (issued === undefined) return 'none';
    return fate === 'tampered' ? issued.jwt.replace(/.{8}$/, (end) => [...end].reverse().join('')) : issued.jwt;
  }

  /** Undefined where the client does not obtain such a token. */
  private async issue({ client: name, use, source, asksFor }: TokenOf, expired: boolean): Promise<IssuedToken | undefined> {
    const { pool, client } = await this.client(name);
    const user = await this.user(pool);
    const issue = () => obtainTokens(this.emulator, client, source, user, asksFor);
    try {
      const tokens = await (expired ? this.shortLived(client, issue) : issue());
      return tokens.find((token) => token.use === use);
    } catch (error) {
      if (error instanceof TokenRefused) return undefined;
      throw error;
    }
  }

  /** Cognito issues no token for less than five minutes; the emulator does. */
  private async shortLived(client: UserPoolClient, issue: () => Promise<IssuedToken[]>): Promise<IssuedToken[]> {
    await cognito(this.emulator, 'UpdateUserPoolClient', { ...client, AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'seconds' } });
    try {
      const tokens = await issue();
      await sleep(2000);
      return tokens;
    } finally {
      await cognito(this.emulator, 'UpdateUserPoolClient', client);
    }
  }

  private async client(name: string): Promise<{ pool: string; client: UserPoolClient }> {
    for (const logicalId of USER_POOLS) {
      const pool = this.id(logicalId);
      const client = await describeClient(this.emulator, pool, this.id(name)).catch(() => undefined);
      if (client !== undefined) return { pool, client };
    }
    throw new Error(`no user pool has a client ${name}`);
  }

  private async user(pool: string): Promise<User> {
    const user = this.users.get(pool) ?? createUser(this.emulator, pool, { email: 'somebody@example.com' });
    this.users.set(pool, user);
    return user;
  }

  private id(logicalId: string): string {
    const id = this.ids.get(logicalId);
    if (id === undefined) throw new Error(`${logicalId} is not deployed`);
    return id;
  }
}

function seen({ status, body }: Answer): Seen {
  if (status === 200) return { verdict: 'allow', status, method: (JSON.parse(body || '{}') as { method?: string }).method };
  return { verdict: 'deny', status };
}
