import type { Bind } from './bind';
import type { AccessModel, Api } from '../../model/access-model';
import type { ApiKey, ApiSettings, RuntimeModel } from '../../model/runtime-model';
import { isUnknown, type Value } from '../../model/value';
import type { Notice } from '../cognito/notice';

/** What the templates do not fix of gateway responses, variables of stages and API keys, and what the gateway does in place of it. */
export function settingNotices({ apis }: AccessModel, runtime: RuntimeModel, bind: Bind): Notice[] {
  return [
    ...apis.flatMap((api) => responseNotices(api, bind)),
    ...runtime.apis.flatMap((settings) => variableNotices(settings, bind)),
    ...runtime.apiKeys.flatMap((key) => keyNotices(key, bind)),
  ];
}

function responseNotices({ id, gatewayResponses }: Api, bind: Bind): Notice[] {
  return gatewayResponses.flatMap(({ responseType, statusCode, parameters, templates }) => {
    const type = bind(responseType);
    if (isUnknown(type)) return [{ entity: id, what: 'a gateway response is left out', why: type.unknown }];
    return [
      ...open(id, `the status of gateway response ${type} is that of API Gateway`, statusCode, bind),
      ...Object.entries(parameters).flatMap(([name, value]) => open(id, `${name} of gateway response ${type} is left out`, value, bind)),
      ...Object.entries(templates).flatMap(([name, value]) => open(id, `the template of gateway response ${type} for ${name} is left out`, value, bind)),
    ];
  });
}

function variableNotices({ stages }: ApiSettings, bind: Bind): Notice[] {
  return stages.flatMap(({ id, variables }) => (
    Object.entries(variables).flatMap(([name, value]) => open(id, `stage variable ${name} is left out`, value, bind))
  ));
}

function keyNotices({ id, value }: ApiKey, bind: Bind): Notice[] {
  return open(id, 'the API key has a value of this run', value, bind);
}

function open(entity: string, what: string, value: Value<string> | undefined, bind: Bind): Notice[] {
  const bound = value === undefined ? undefined : bind(value);
  return isUnknown(bound) ? [{ entity, what, why: bound.unknown }] : [];
}
