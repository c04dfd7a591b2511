import { resourceOfExpression } from './function-references';
import { isPresent } from './is-present';
import type { ClientSettings, ShownClientSettings, TimeUnit } from '../../model/runtime-model';
import { isUnknown, type Value } from '../../model/value';
import type { ResourceTable, TemplateResource } from '../resources';
import { Unresolved, type Resolved } from '../unresolved';
import { countValue, flagValue, listValue, membersOf, requiredText, textValue, toUnknown, wordValue } from '../values';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SECONDS = { seconds: 1, minutes: MINUTE, hours: HOUR, days: DAY } as const;
const UNITS: readonly TimeUnit[] = ['seconds', 'minutes', 'hours', 'days'];

/** Units and lives in seconds where a template has none (CloudFormation template reference, `AWS::Cognito::UserPoolClient`, 2026). */
const TOKENS = {
  AccessToken: { unit: 'hours', life: HOUR },
  IdToken: { unit: 'hours', life: HOUR },
  RefreshToken: { unit: 'days', life: 30 * DAY },
} as const;

/** Reads how an `AWS::Cognito::UserPoolClient` gets its tokens. */
export function readClientSettings(resource: TemplateResource, table: ResourceTable): ClientSettings {
  const urls = (name: string) => listValue(resource.property(name), name, (url) => requiredText(url, 'a URL'));
  const defaultRedirectUri = textValue(resource.property('DefaultRedirectURI'), 'DefaultRedirectURI');
  const rotation = rotationOf(resource.property('RefreshTokenRotation'));
  const readAttributes = textsOf('ReadAttributes', resource);
  const shown = shownSettings(resource, table);
  return {
    id: resource.id,
    callbackUrls: urls('CallbackURLs'),
    logoutUrls: urls('LogoutURLs'),
    ...(defaultRedirectUri !== undefined && { defaultRedirectUri }),
    accessTokenValidity: validityOf('AccessToken', resource),
    idTokenValidity: validityOf('IdToken', resource),
    refreshTokenValidity: validityOf('RefreshToken', resource),
    tokenRevocation: flagValue(resource.property('EnableTokenRevocation'), 'EnableTokenRevocation', true),
    ...(rotation !== undefined && { refreshTokenRotation: rotation }),
    hidesUserExistence: hidingOf(resource.property('PreventUserExistenceErrors')),
    ...(readAttributes && { readAttributes }),
    ...(Object.keys(shown).length > 0 && { shown }),
  };
}

/** An empty list counts as none: a client that may read or write nothing cannot be declared («unverified»). */
function textsOf(name: 'ReadAttributes' | 'WriteAttributes' | 'SupportedIdentityProviders', resource: TemplateResource): Value<string>[] | undefined {
  const texts = listValue(resource.property(name), name, (each) => requiredText(each, `an element of ${name}`));
  return texts.length > 0 ? texts : undefined;
}

function shownSettings(resource: TemplateResource, table: ResourceTable): ShownClientSettings {
  const analytics = analyticsOf(resource);
  const session = resource.property('AuthSessionValidity');
  const propagates = resource.property('EnablePropagateAdditionalUserContextData');
  const providers = textsOf('SupportedIdentityProviders', resource)?.map((name) => providerName(name, table));
  const units = membersOf(resource.property('TokenValidityUnits'));
  const given = (['AccessToken', 'IdToken', 'RefreshToken'] as const).filter((token) => isPresent(units[token]));
  const writeAttributes = textsOf('WriteAttributes', resource);
  return {
    ...(analytics && { AnalyticsConfiguration: analytics }),
    ...(isPresent(session) && { AuthSessionValidity: countValue(session, 'AuthSessionValidity', 0) }),
    ...(isPresent(propagates) && {
      EnablePropagateAdditionalUserContextData: flagValue(propagates, 'EnablePropagateAdditionalUserContextData', false),
    }),
    ...(providers && { SupportedIdentityProviders: providers }),
    ...(given.length > 0 && { TokenValidityUnits: Object.fromEntries(given.map((token) => [token, unitOf(token, units[token])])) }),
    ...(writeAttributes && { WriteAttributes: writeAttributes }),
  };
}

/** Templates name a provider that they declare by a reference, which gives its name. */
function providerName(name: Value<string>, table: ResourceTable): Value<string> {
  const provider = isUnknown(name) ? resourceOfExpression(table, name.expression) : undefined;
  return provider?.type === 'AWS::Cognito::UserPoolIdentityProvider' ? requiredText(provider.property('ProviderName'), 'ProviderName') : name;
}

function analyticsOf(resource: TemplateResource): ShownClientSettings['AnalyticsConfiguration'] {
  const members = Object.entries(membersOf(resource.property('AnalyticsConfiguration'))).filter(([, value]) => isPresent(value));
  if (members.length === 0) return undefined;
  return Object.fromEntries(members.map(([name, value]) => [
    name, name === 'UserDataShared' ? flagValue(value, name, false) : requiredText(value, name),
  ]));
}

function unitOf(token: keyof typeof TOKENS, given: Resolved): Value<TimeUnit> {
  return wordValue(given, `TokenValidityUnits.${token}`, UNITS);
}

/** The settings of a client that no template declares: none is known. */
export function externalClientSettings(id: string): ClientSettings {
  const unknown = { unknown: `the app client ${id} is declared outside of the templates` };
  return {
    id,
    callbackUrls: [unknown],
    logoutUrls: [unknown],
    accessTokenValidity: unknown,
    idTokenValidity: unknown,
    refreshTokenValidity: unknown,
    tokenRevocation: unknown,
    hidesUserExistence: unknown,
  };
}

/** The life of a token. Cognito takes 0 for the default (documented for refresh tokens; unverified for the others). */
function validityOf(token: keyof typeof TOKENS, resource: TemplateResource): Value<number> {
  const { unit, life } = TOKENS[token];
  const name = `${token}Validity`;
  const count = countValue(resource.property(name), name, 0);
  if (count === 0 || typeof count !== 'number') return count === 0 ? life : count;
  const given = resource.property('TokenValidityUnits', token);
  const word = given === undefined || given === null ? unit : unitOf(token, given);
  return typeof word === 'string' ? count * SECONDS[word] : word;
}

/** `Feature` is `ENABLED` or `DISABLED`; the grace period is 0 to 60 seconds, and none by default (Cognito developer guide, «Refresh token rotation», 2026). */
function rotationOf(value: Resolved): ClientSettings['refreshTokenRotation'] {
  if (value === undefined || value === null) return undefined;
  const open = (reason: string) => ({ graceSeconds: { unknown: `whether refresh tokens rotate is not known: ${reason}` } });
  if (value instanceof Unresolved) return open(value.unknown);
  const { Feature: feature, RetryGracePeriodSeconds: grace } = membersOf(value);
  const word = wordValue(feature, 'RefreshTokenRotation.Feature', ['ENABLED', 'DISABLED']);
  if (typeof word !== 'string') return open(word.unknown);
  return word === 'ENABLED' ? { graceSeconds: countValue(grace, 'RetryGracePeriodSeconds', 0) } : undefined;
}

/** `LEGACY` where a template has none (CloudFormation template reference, `PreventUserExistenceErrors`, 2026). */
function hidingOf(value: Resolved): Value<boolean> {
  if (value === undefined || value === null) return false;
  if (value instanceof Unresolved) return toUnknown(value);
  const word = wordValue(value, 'PreventUserExistenceErrors', ['ENABLED', 'LEGACY']);
  return typeof word === 'string' ? word === 'ENABLED' : word;
}
