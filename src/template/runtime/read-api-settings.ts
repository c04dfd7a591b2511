import type { Api } from '../../model/access-model';
import type { ApiSettings, StageSettings } from '../../model/runtime-model';
import type { DocumentSettings } from '../../openapi/read-operation-settings';
import { member } from '../json';
import { textMembers } from '../read-api-gateway';
import type { ResourceTable } from '../resources';
import type { Resolved } from '../unresolved';
import { flagValue, listValue, requiredText, wordValue } from '../values';
import { isPresent } from './is-present';
import { BUILT_IN_MODELS } from './read-models';

/**
 * Reads how an API answers.
 *
 * @param models the models that templates declare for it
 * @param document what its OpenAPI document says
 */
export function readApiSettings(
  api: Api, table: ResourceTable, { models, document }: { readonly models: ApiSettings['models']; readonly document?: DocumentSettings },
): ApiSettings {
  const { id } = api;
  const stages = api.stages.map((stage) => readStageSettings(stage.id, table));
  const resource = table.byId.get(id);
  if (resource === undefined) {
    const unknown = { unknown: `the API ${id} is declared outside of the templates` };
    return { id, binaryMediaTypes: [unknown], apiKeySource: unknown, models: { ...BUILT_IN_MODELS, ...models }, stages };
  }
  // Which counts where both the resource and its document say something is not verified.
  const types = resource.property('BinaryMediaTypes') ?? document?.binaryMediaTypes as Resolved;
  const source = resource.property('ApiKeySourceType') ?? document?.apiKeySource as Resolved;
  return {
    id,
    ...resource.scope.source.environment,
    binaryMediaTypes: listValue(types, 'BinaryMediaTypes', (type) => requiredText(type, 'a media type')),
    apiKeySource: wordValue(source ?? 'HEADER', 'ApiKeySourceType', ['HEADER', 'AUTHORIZER']),
    models: { ...BUILT_IN_MODELS, ...document?.models, ...models },
    stages,
  };
}

/** Reads an `AWS::ApiGateway::Stage`, or the stage of an `AWS::ApiGateway::Deployment`. */
function readStageSettings(id: string, table: ResourceTable): StageSettings {
  const resource = table.byId.get(id);
  const inDeployment = resource?.type === 'AWS::ApiGateway::Deployment';
  const property = (name: string) => (inDeployment ? resource.property('StageDescription', name) : resource?.property(name));
  const listed = property('MethodSettings');
  // A deployment may say the same for all methods at once.
  const settings = [...(Array.isArray(listed) ? listed : []), ...(inDeployment ? [resource.property('StageDescription')] : [])];
  const throttles = settings.some((each) => ['ThrottlingRateLimit', 'ThrottlingBurstLimit'].some((name) => isPresent(member(each, name))));
  const caches = settings.some((each) => flagValue(member(each, 'CachingEnabled') as Resolved, 'CachingEnabled', false) !== false);
  const methodSettings = [...(throttles ? ['throttling' as const] : []), ...(caches ? ['caching' as const] : [])];
  return { id, variables: textMembers(property('Variables')), ...(methodSettings.length > 0 && { methodSettings }) };
}
