import type { IUserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { AppClientAttributes, AppClientOptions, IAppClient, IClientReference } from './app-client';
import { failAtArguments } from './private/arguments';
import { ClientReference } from './private/client-reference';
import { defineMachineClient } from './private/define-client';
import type { Scope } from './scope';

/** Options of `ScopedResourceServer.addMachineClient`. */
export interface MachineClientOptions extends AppClientOptions {}

/** Properties of `MachineClient`. */
export interface MachineClientProps extends MachineClientOptions {
  /** The user pool of the client. All scopes of resource servers belong to it. */
  readonly userPool: IUserPool;
}

/**
 * A client for a machine: a job, a service, a partner's system. It obtains access tokens with its own id and secret.
 *
 * Defines an `AWS::Cognito::UserPoolClient` with a secret and the client credentials grant as its only grant. SDK sign-in is off, tokens can be
 * revoked, and errors do not tell whether a user exists. The client is deployed after the resource servers of its scopes.
 * Cognito bills each machine client by the month and each token it requests; a client should keep a token until shortly
 * before it expires.
 *
 * @example
 * new MachineClient(this, 'NightlyExport', { userPool: photos.userPool, scopes: [read] });
 */
export class MachineClient extends Construct implements IAppClient {
  /**
   * Refers to a client of this kind that exists already: one with the client credentials grant and a secret, without SDK sign-in.
   *
   * Defines no resource. The template states the client in its metadata, so that it is part of who can call what.
   */
  public static fromMachineClientAttributes(scope: Construct, id: string, attributes: AppClientAttributes): IClientReference {
    return new ClientReference(scope, id, attributes, { flow: 'client_credentials', secret: true });
  }

  public readonly clientId: string;
  public readonly client: UserPoolClient;
  public readonly userPool: IUserPool;
  public readonly scopes: Scope[];

  public constructor(scope: Construct, id: string, props: MachineClientProps) {
    super(scope, id);
    failAtArguments('machineClient', `client "${id}"`, props);
    this.userPool = props.userPool;
    this.scopes = [...props.scopes];
    this.client = defineMachineClient(this, props.userPool, props);
    this.clientId = this.client.userPoolClientId;
  }
}
