import type { HttpProxyIntegration, MockIntegration } from '../../../model/runtime-model';
import type { Value } from '../../../model/value';
import type { Bind } from '../bind';

interface Texts {
  readonly [name: string]: Value<string>;
}

/** The integration with the names that things have while the sandbox runs. */
export function bindMock(integration: MockIntegration, bind: Bind): MockIntegration {
  return {
    ...integration,
    passthroughBehavior: bind(integration.passthroughBehavior),
    requestTemplates: bindAll(integration.requestTemplates, bind),
    responses: integration.responses.map((response) => ({
      statusCode: bind(response.statusCode),
      ...(response.selectionPattern !== undefined && { selectionPattern: bind(response.selectionPattern) }),
      responseParameters: bindAll(response.responseParameters, bind),
      responseTemplates: bindAll(response.responseTemplates, bind),
    })),
  };
}

/** The integration with the names that things have while the sandbox runs. */
export function bindHttpProxy(integration: HttpProxyIntegration, bind: Bind): HttpProxyIntegration {
  return { ...integration, url: bind(integration.url), requestParameters: bindAll(integration.requestParameters, bind) };
}

function bindAll(texts: Texts, bind: Bind): Texts {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, bind(value)]));
}
