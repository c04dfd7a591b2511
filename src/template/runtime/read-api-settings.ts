import type { Api } from '../../model/access-model';
import type { ApiSettings, StageSettings } from '../../model/runtime-model';
import type { DocumentSettings } from '../../openapi/read-operation-settings';
import { textMembers } from '../read-api-gateway';
import type { ResourceTable } from '../resources';
import type { Resolved } from '../unresolved';
import { listValue, requiredText, wordValue } from '../values';
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
  const variables = resource?.type === 'AWS::ApiGateway::Deployment' ? resource.property('StageDescription', 'Variables') : resource?.property('Variables');
  return { id, variables: textMembers(variables) };
}
