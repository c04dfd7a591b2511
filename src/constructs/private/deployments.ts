import { CfnAuthorizer, CfnDeployment, Deployment, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Aspects, AspectPriority, Lazy, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ApiParts, refersTo } from './api-parts';
import type { Authorizers } from './authorizers';

/**
 * Makes a changed authorizer change the deployments of its API: API Gateway serves what a deployment has copied, and the
 * CDK leaves a deployment as it is when an authorizer changes, unless a feature flag is set (aws-cdk-lib 2.276).
 *
 * `Authorizers` does so for its own authorizers and the deployment of the API. What is left are authorizers that somebody
 * else defines, and deployments that somebody else defines, which may come later and stand anywhere.
 */
export function followAuthorizers(api: RestApi, authorizers: Authorizers): void {
  api.latestDeployment?.addToLogicalId(settings(api, (authorizer) => !authorizers.own(authorizer)));
  const visit = (node: IConstruct) => {
    if (!(node instanceof Deployment) || node === api.latestDeployment) return;
    const { restApiId } = node.node.findAll().find((child): child is CfnDeployment => child instanceof CfnDeployment)!;
    if (refersTo(api, restApiId)) node.addToLogicalId(settings(api, () => true));
  };
  Aspects.of(Stage.of(api) ?? api.node.root).add({ visit }, { priority: AspectPriority.MUTATING });
}

/** The properties of authorizers as the templates will have them; nothing where there are none. */
function settings(api: RestApi, counts: (authorizer: IConstruct) => boolean) {
  return Lazy.any({
    produce: () => {
      const found = new ApiParts(api).of(CfnAuthorizer.CFN_RESOURCE_TYPE_NAME).filter(({ resource }) => counts(resource));
      return found.length === 0 ? undefined : found.map(({ properties }) => properties);
    },
  });
}
