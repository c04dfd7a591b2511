import { text, texts, type TemplateReading } from './template-reading';
import type { ShownClientSettings } from '../../model/runtime-model';
import { isUnknown, type Value } from '../../model/value';

/** Members of the API of Cognito. */
interface Members {
  readonly [member: string]: unknown;
}

/**
 * What a template says of a client that the sandbox shows without acting upon it, as the API of Cognito has it: who changes one
 * setting of a client passes back all of them. What stays unknown is left out.
 */
export function unservedSettings(shown: ShownClientSettings, reading: TemplateReading): Members {
  const one = (name: 'AuthSessionValidity' | 'EnablePropagateAdditionalUserContextData') => known(shown[name], name, reading);
  const all = (name: 'SupportedIdentityProviders' | 'WriteAttributes') => shown[name] && texts(shown[name], name, reading);
  const members = (name: 'AnalyticsConfiguration' | 'TokenValidityUnits') => shown[name] && stated(Object.fromEntries(
    Object.entries(shown[name]).map(([member, value]) => [member, known(value, `${name}.${member}`, reading)]),
  ));
  return stated({
    AnalyticsConfiguration: members('AnalyticsConfiguration'),
    AuthSessionValidity: one('AuthSessionValidity'),
    EnablePropagateAdditionalUserContextData: one('EnablePropagateAdditionalUserContextData'),
    SupportedIdentityProviders: all('SupportedIdentityProviders'),
    TokenValidityUnits: members('TokenValidityUnits'),
    WriteAttributes: all('WriteAttributes'),
  });
}

function known(value: Value<string | number | boolean> | undefined, what: string, reading: TemplateReading): unknown {
  return isUnknown(value) ? text(value, what, reading) : value;
}

/** Leaves out what is nothing, or has nothing in it. */
function stated(members: Members): Members {
  const isStated = (value: unknown) => value !== undefined && !(typeof value === 'object' && Object.keys(value!).length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isStated(value)));
}
