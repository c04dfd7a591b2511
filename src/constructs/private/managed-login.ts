import {
  CfnManagedLoginBranding, type CfnUserPool, type CfnUserPoolDomain, type IUserPool, ManagedLoginVersion, type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Aspects, AspectPriority } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import type { Problem } from '../../model/problem';
import { ManagedLoginBranding } from '../managed-login-branding';
import { checkFeaturePlan, declaredUserPool } from './feature-plan';
import { failAtSynth } from './problems';
import { rendered } from './rendered';
import { UserPoolRegistry } from './user-pool-registry';

const BRANDING_ID = 'Branding';

/**
 * Gives a client the look without which managed login does not work for it: clients that an API creates have none
 * (Cognito developer guide, «Managed login», «Default style»).
 *
 * Unless stated, whether it is needed is read from the finished domain, which may be declared after the client.
 */
export function brandManagedLogin(scope: Construct, client: UserPoolClient, userPool: IUserPool, branding?: ManagedLoginBranding): void {
  if (branding !== undefined) {
    if (branding._defined) defineBranding(scope, client, userPool, branding);
    return;
  }
  const visit = (node: IConstruct) => {
    if (node !== scope || scope.node.tryFindChild(BRANDING_ID) !== undefined || !hasManagedLogin(scope, userPool)) return;
    defineBranding(scope, client, userPool, ManagedLoginBranding.cognitoProvided());
  };
  Aspects.of(scope).add({ visit }, { priority: AspectPriority.MUTATING });
}

const checked = new WeakSet<CfnUserPool>();

/** Makes synthesis fail where a user pool has managed login and a feature plan without it. */
export function checkManagedLogin(construct: IConstruct, userPool: IUserPool): void {
  const pool = declaredUserPool(userPool);
  // Several resource servers of one user pool: one message.
  if (pool === undefined || checked.has(pool)) return;
  checked.add(pool);
  failAtSynth(construct, (): Problem[] => (hasManagedLogin(construct, userPool)
    ? checkFeaturePlan(pool, 'managed login (managedLoginVersion 2)', 'use ManagedLoginVersion.CLASSIC_HOSTED_UI') : []));
}

function defineBranding(scope: Construct, client: UserPoolClient, userPool: IUserPool, { _settings: settings }: ManagedLoginBranding): void {
  new CfnManagedLoginBranding(scope, BRANDING_ID, {
    userPoolId: userPool.userPoolId,
    clientId: client.userPoolClientId,
    ...(settings === undefined ? { useCognitoProvidedValues: true } : { settings }),
  });
}

function hasManagedLogin(construct: IConstruct, userPool: IUserPool): boolean {
  const domain = UserPoolRegistry.of(construct).knownDomainOf(userPool);
  if (domain === undefined) return false;
  const { ManagedLoginVersion: version } = rendered(domain.node.defaultChild as CfnUserPoolDomain).properties;
  return version === ManagedLoginVersion.NEWER_MANAGED_LOGIN;
}
