/** What must not compile. `npm run typecheck` fails where one of these lines compiles after all. */
import type { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  Access, DeclaredAccess, MachineClient, ProtectedApi, Scope, ScopedResourceServer, SdkClient, SpaClient, type RouteOptions,
} from '../../src';

export function declarations(scope: Construct, userPool: IUserPool, integration: MockIntegration): void {
  // @ts-expect-error a resource server has an identifier
  new ScopedResourceServer(scope, 'Photos', {});
  const photos = new ScopedResourceServer(scope, 'Photos', { identifier: 'photos' });
  const read = photos.addScope('read', 'View photos');

  // @ts-expect-error a scope has a description
  photos.addScope('write');
  // @ts-expect-error a scope is declared, not constructed
  new Scope('photos/read', 'read');
  // @ts-expect-error a scope does not change
  read.fullName = 'photos/write';
  // @ts-expect-error the identifier does not change
  photos.identifier = 'albums';
  // @ts-expect-error an import names its user pool
  ScopedResourceServer.fromAttributes(scope, 'Imported', { identifier: 'photos' });

  // @ts-expect-error scopes are objects, so that a typing error cannot compile
  photos.addMachineClient('Job', { scopes: ['photos/read'] });
  // @ts-expect-error a client lists scopes
  photos.addMachineClient('Job', {});
  // @ts-expect-error a machine has no callback URLs
  photos.addMachineClient('Job', { scopes: [read], callbackUrls: ['https://album.example.com/cb'] });
  // @ts-expect-error a client with users has callback URLs
  photos.addSpaClient('Album', { scopes: [read] });
  // @ts-expect-error the implicit grant wants a reason, not a switch
  photos.addSpaClient('Album', { scopes: [read], callbackUrls: ['https://album.example.com/cb'], implicitGrantReason: true });
  // @ts-expect-error a validity is a duration
  photos.addMachineClient('Job', { scopes: [read], accessTokenValidity: 30 });
  // @ts-expect-error a stand-alone client names its user pool
  new MachineClient(scope, 'Job', { scopes: [read] });
  // @ts-expect-error a stand-alone client with users has callback URLs
  new SpaClient(scope, 'Album', { userPool, scopes: [read] });

  // @ts-expect-error a client without OAuth has flows
  new SdkClient(scope, 'Kiosk', { userPool });
  // @ts-expect-error a client without OAuth has no scopes
  new SdkClient(scope, 'Kiosk', { userPool, authFlows: { userSrp: true }, scopes: [read] });
  // @ts-expect-error a declaration names its file
  new DeclaredAccess(scope, 'Access', { userPool });

  // @ts-expect-error access is made of scope objects
  Access.anyOf('photos/read');
  // @ts-expect-error a public route has a reason
  Access.public();
  // @ts-expect-error access is made by its functions
  new Access('public', []);

  const api = new ProtectedApi(scope, 'Api', { resourceServers: [photos] });
  // @ts-expect-error a user pool is no resource server
  new ProtectedApi(scope, 'Other', { resourceServers: [userPool] });
  // @ts-expect-error a route has an access
  api.addRoute('GET /photos', { integration });
  // @ts-expect-error a route has options
  api.addRoute('GET /photos');
  // @ts-expect-error an access is no text
  api.addRoute('GET /photos', { access: 'photos/read', integration });
  // @ts-expect-error a route cannot choose its authorization beside its access
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration, authorizationScopes: ['photos/write'] });

  const declared = new DeclaredAccess(scope, 'Declared', { file: 'access.yaml' });
  // @ts-expect-error the access of a declared route stands in the file
  declared.addRoutes(api, { 'GET /photos': { access: Access.iam(), integration } });

  const options: RouteOptions = { access: Access.anyOf(read), integration };
  // @ts-expect-error options do not change
  options.access = Access.iam();
}
