import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { OAuthFlow } from '../../model/access-model';
import { checkClientId, checkMachineScopes } from '../../model/client-rules';
import type { AppClientAttributes, IClientReference } from '../app-client';
import type { Scope } from '../scope';
import { failAtArguments } from './arguments';
import { checkCommon } from './define-client';
import { failAt, failAtSynth, literals } from './problems';
import { noteUse, TemplateMetadata } from './template-metadata';
import { undeclared, UserPoolRegistry } from './user-pool-registry';

/** What the kind of a client says about it. */
export interface ReferenceKind {
  readonly flow: OAuthFlow;
  readonly secret: boolean;
}

/** An app client that exists already. */
export class ClientReference extends Construct implements IClientReference {
  public readonly clientId: string;
  public readonly userPool: IUserPool;
  public readonly scopes: Scope[];

  public constructor(scope: Construct, id: string, attributes: AppClientAttributes, { flow, secret }: ReferenceKind) {
    super(scope, id);
    failAtArguments('clientReference', `client "${id}"`, attributes);
    const { clientId, clientName, userPool, scopes } = attributes;
    const fullNames = scopes.map(({ fullName }) => fullName);
    const stated = TemplateMetadata.of(this, userPool);
    failAt([
      ...(Token.isUnresolved(clientId) ? [] : checkClientId(id, clientId)),
      ...checkCommon(this, userPool, attributes),
      ...(Token.isUnresolved(clientId) ? [] : stated.claimClient(this, userPool, clientId)),
      ...(flow === 'client_credentials' ? checkMachineScopes(id, literals(fullNames)) : []),
    ]);
    this.clientId = clientId;
    this.userPool = userPool;
    this.scopes = [...scopes];
    stated.addClient(this, {
      clientId,
      ...(clientName !== undefined && { clientName }),
      userPool: userPool.userPoolId,
      flows: [flow],
      scopes: fullNames,
      secret,
      // Clients of these kinds sign nobody in through the SDK.
      authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    });
    noteUse(scopes);
    const registry = UserPoolRegistry.of(this);
    failAtSynth(this, () => registry.checkScopes(`client "${id}"`, [userPool], undeclared(scopes), false));
  }
}
