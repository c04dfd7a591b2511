import { newClientSecret } from './client-secrets';
import type { LiveClient, LivePool, LiveServer } from './live-pool';
import type { Notice } from './notice';
import { signsInUnserved } from './password-flows';
import { shownPoolSettings } from './shown-pool-settings';
import { noteUnknown, orDefault, templateReading, text, texts, type TemplateReading } from './template-reading';
import { unservedSettings } from './unserved-settings';
import type { AccessModel, Client, ResourceServer, Scope, UserPool } from '../../model/access-model';
import { checkLogoutUrls } from '../../model/client-rules';
import type { ClientSettings, RuntimeModel } from '../../model/runtime-model';
import { obtainableTokens, triggerActsOn, type ObtainableToken } from '../../model/tokens';
import { isUnknown, type Unknown, type Value } from '../../model/value';
import { bind, DEFAULT_PLACE, type RuntimeNames } from '../names';

/** What a run of the sandbox starts from. */
export interface LivePools {
  /** Ordered as in the access model. */
  readonly pools: readonly LivePool[];
  /** What the templates do not fix, and what is taken in its place. */
  readonly notices: readonly Notice[];
}

/** Cognito's lives of tokens, in seconds («Quotas in Amazon Cognito», 2026). */
const DEFAULT_VALIDITY = { access: 3600, id: 3600, refresh: 30 * 24 * 3600 } as const;

/**
 * Makes user pools to run from what the templates say.
 *
 * What stays unknown after the run-time names are put in is left out, or has Cognito's default where it cannot be left out; each
 * such case is a notice. Entities under a condition that cannot be decided exist. User pools begin without users.
 */
export function livePools(model: AccessModel, runtime: RuntimeModel, names: RuntimeNames, now: number): LivePools {
  const notices: Notice[] = [];
  const readingOf = (entity: string) => templateReading(entity, names, notices);
  const settings = new Map(runtime.clients.map((each) => [each.id, each]));
  const places = new Map(runtime.userPools.map((each) => [each.id, each]));
  const known = new Set(model.userPools.map(({ id }) => id));
  for (const { id, userPool } of [...model.resourceServers, ...model.clients]) {
    if (isUnknown(userPool)) readingOf(id).note('is left out', `which user pool it belongs to is not known: ${userPool.unknown}`);
    else if (!known.has(userPool)) readingOf(id).note('is left out', `user pool ${userPool} is not in the templates`);
  }
  const pools = model.userPools.map((pool) => {
    const place = places.get(pool.id);
    const reading = readingOf(pool.id);
    noteTrigger(model, pool, reading);
    noteCondition(pool, reading);
    const servers = model.resourceServers.filter(({ userPool }) => userPool === pool.id)
      .map((server) => liveServer(server, readingOf(server.id))).filter((server) => server !== undefined);
    const clients = model.clients.filter(({ userPool }) => userPool === pool.id)
      .map((client) => {
        const live = liveClient(client, settings.get(client.id), readingOf(client.id), now);
        noteSignIn(obtainableTokens(model, client), live, readingOf(client.id));
        return live;
      });
    const poolId = names.userPool(pool.id);
    return {
      id: pool.id,
      poolId,
      region: place?.region ?? regionOf(poolId),
      account: place?.account ?? DEFAULT_PLACE.account,
      name: pool.name === undefined ? pool.id : text(pool.name, 'the name', reading) ?? pool.id,
      issuer: orDefault(pool.issuer, 'original', 'the form of the issuer', reading),
      hasDomain: hasDomain(model, pool, reading),
      usernameAttributes: texts(place?.usernameAttributes ?? [], 'username attribute', reading),
      shown: shownPoolSettings(model.domains.filter(({ userPool }) => userPool === pool.id), place?.lambdaConfig, reading),
      servers: new Map(servers.map((server) => [server.identifier, server])),
      deletedServers: new Set(),
      clients: new Map(clients.map((client) => [client.clientId, client])),
      users: new Map(),
      createdAt: now,
    } satisfies LivePool;
  });
  return { pools, notices };
}

function liveServer(server: ResourceServer, reading: TemplateReading): LiveServer | undefined {
  noteCondition(server, reading);
  const identifier = text(server.identifier, 'the resource server', reading);
  if (identifier === undefined) return undefined;
  const scopes = server.scopes.map((scope) => liveScope(scope, reading)).filter((scope) => scope !== undefined);
  const name = server.name === undefined ? undefined : bind(server.name, reading.names);
  return { id: server.id, origin: server.origin, identifier, name: typeof name === 'string' ? name : identifier, scopes };
}

function liveScope(scope: Value<Scope>, reading: TemplateReading): LiveServer['scopes'][number] | undefined {
  if (isUnknown(scope)) {
    reading.note('scopes are left out', scope.unknown);
    return undefined;
  }
  const name = text(scope.name, 'scope', reading);
  const description = scope.description === undefined ? name : bind(scope.description, reading.names);
  return name === undefined ? undefined : { name, description: typeof description === 'string' ? description : name };
}

function liveClient(client: Client, settings: ClientSettings | undefined, reading: TemplateReading, now: number): LiveClient {
  noteCondition(client, reading);
  const clientId = reading.names.client(client.id);
  const name = client.name === undefined ? undefined : bind(client.name, reading.names);
  const [defaultRedirectUri] = urls(settings?.defaultRedirectUri === undefined ? [] : [settings.defaultRedirectUri], 'the default redirect URI', reading);
  const rotation = settings?.refreshTokenRotation;
  const readAttributes = texts(settings?.readAttributes ?? [], 'read attribute', reading);
  const seconds = (value: Value<number> | undefined, absent: number, what: string) => orDefault(value ?? absent, absent, what, reading);
  return {
    id: client.id,
    origin: client.origin,
    clientId,
    createdAt: now,
    updatedAt: now,
    name: typeof name === 'string' ? name : client.id,
    secrets: orDefault(client.secret, false, 'the secret', reading) ? [newClientSecret(clientId, now)] : [],
    oauth: orDefault(client.oauth, false, 'the OAuth switch', reading),
    flows: client.flows.filter((flow) => !noteUnknown(flow, 'OAuth flow', reading)) as LiveClient['flows'],
    scopes: texts(client.scopes, 'scope', reading),
    ...(client.authFlows && { authFlows: texts(client.authFlows, 'authentication flow', reading) }),
    callbackUrls: urls(settings?.callbackUrls ?? [], 'callback URL', reading),
    logoutUrls: urls(settings?.logoutUrls ?? [], 'logout URL', reading),
    ...(defaultRedirectUri !== undefined && { defaultRedirectUri }),
    accessTokenValidity: seconds(settings?.accessTokenValidity, DEFAULT_VALIDITY.access, 'the life of access tokens'),
    idTokenValidity: seconds(settings?.idTokenValidity, DEFAULT_VALIDITY.id, 'the life of ID tokens'),
    refreshTokenValidity: seconds(settings?.refreshTokenValidity, DEFAULT_VALIDITY.refresh, 'the life of refresh tokens'),
    tokenRevocation: settings === undefined || orDefault(settings.tokenRevocation, true, 'token revocation', reading),
    ...(rotation && { refreshTokenRotation: { graceSeconds: orDefault(rotation.graceSeconds, 0, 'the grace period', reading) } }),
    hidesUserExistence: settings !== undefined && orDefault(settings.hidesUserExistence, false, 'whether errors hide users', reading),
    ...(readAttributes.length > 0 && { readAttributes }),
    ...(settings?.shown && { unserved: unservedSettings(settings.shown, reading) }),
  };
}

/** Templates do not show the domain of a user pool that they only name: it is taken to have one. */
function hasDomain(model: AccessModel, pool: UserPool, reading: TemplateReading): boolean {
  if (model.domains.some(({ userPool }) => userPool === pool.id)) return true;
  if (pool.origin === 'declared') return false;
  reading.note('a domain is assumed', 'the templates only name the user pool');
  return true;
}

/** The function of a trigger does not run: what it adds, takes away or claims, and for whom, only its code says. */
function noteTrigger(model: AccessModel, pool: UserPool, reading: TemplateReading): void {
  if (pool.tokenTrigger === undefined) return;
  const client = model.clients.find(({ userPool }) => userPool === pool.id);
  const scopes = client !== undefined && triggerActsOn(model, client, 'code');
  reading.note(`the pre token generation trigger does not run${scopes ? ', and the scopes that it adds are left out' : ''}`, 'the sandbox runs no triggers');
}

/** Says of a client that its users cannot sign in as they do in AWS. */
function noteSignIn(tokens: readonly ObtainableToken[], client: LiveClient, reading: TemplateReading): void {
  if (!signsInUnserved(tokens, client)) return;
  reading.note(
    'no user signs in through the API of Cognito',
    'the sandbox has neither SRP nor custom flows; its page and "protected-api token" give tokens of the client all the same',
  );
}

function noteCondition({ condition }: { readonly condition?: Unknown }, reading: TemplateReading): void {
  if (condition !== undefined) reading.note('is taken to exist', condition.unknown);
}

/** URLs to which a browser may be led: such as no rule refuses, as for clients that are made through the API. */
function urls(values: readonly Value<string>[], what: string, reading: TemplateReading): string[] {
  return texts(values, what, reading).filter((url) => {
    const [fault] = checkLogoutUrls('', [url]);
    if (fault !== undefined) reading.note(`${what} ${JSON.stringify(url)} is left out`, `it ${fault.wrong}`);
    return fault === undefined;
  });
}

function regionOf(poolId: string): string {
  return poolId.slice(0, poolId.lastIndexOf('_'));
}
