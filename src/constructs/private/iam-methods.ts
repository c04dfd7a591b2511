import { AuthorizationType, Method, type MethodProps, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { PropertyInjectors, type IPropertyInjector } from 'aws-cdk-lib/core';
import { noAuthorizer } from './authorizers';

/** Lets methods of an API ask for AWS credentials although the API has a default authorizer; the CDK refuses the two together. */
export function allowIamMethods(api: RestApi): void {
  const outer = injectorAbove(api);
  PropertyInjectors.of(api).add({
    constructUniqueId: Method.PROPERTY_INJECTION_ID,
    inject: (original: MethodProps, context): MethodProps => {
      const props: MethodProps = outer?.inject(original, context) ?? original;
      const { options } = props;
      if (options?.authorizationType !== AuthorizationType.IAM || options.authorizer !== undefined) return props;
      return { ...props, options: { ...options, authorizer: noAuthorizer(AuthorizationType.IAM) } };
    },
  });
}

/** The injector that methods would have otherwise: the nearest one takes the place of all others. */
function injectorAbove(api: RestApi): IPropertyInjector | undefined {
  const [, ...above] = [...api.node.scopes].reverse();
  return above.filter(PropertyInjectors.hasPropertyInjectors).map((scope) => PropertyInjectors.of(scope).for(Method.PROPERTY_INJECTION_ID))
    .find((injector) => injector !== undefined);
}
