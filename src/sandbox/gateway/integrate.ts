import type { IntegrationAnswer, IntegrationRequest } from './integrations/integration-call';

/** Runs the integration of a method, by the id of the method in the access model. */
export type Integrate = (method: string, request: IntegrationRequest) => Promise<IntegrationAnswer>;
