import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledged-findings';
import { healthProbe, logGroup, stageOptions } from '../common/api-parts';
import { Access, ProtectedApi, Scope, ScopedResourceServer } from 'cdk-protected-api';

/** Where the browser application of the album is served. */
const ALBUM_ORIGIN = 'https://album.example.com';

/** A photo service: a machine may read photos, people may also change them, and a probe needs no token. */
export class PhotoAlbumStack extends Stack {
  public readonly api: ProtectedApi;

  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Photo service whose methods demand OAuth 2.0 scopes', ...props });

    const photos = new ScopedResourceServer(this, 'Photos', {
      identifier: 'https://myphotosapi.example.com',
      removalPolicy: RemovalPolicy.DESTROY, // an example goes away as a whole; keep the pool of a real service
    });
    const read = photos.addScope('photos.read', 'View your photos');
    const write = photos.addScope('photos.write', 'Add, change and delete your photos');

    const nightlyExport = photos.addMachineClient('NightlyExport', { scopes: [read] });
    const album = photos.addSpaClient('Album', {
      scopes: [Scope.OPENID, read, write],
      callbackUrls: [`${ALBUM_ORIGIN}/signed-in`],
      logoutUrls: [`${ALBUM_ORIGIN}/`],
    });

    const api = this.api = new ProtectedApi(this, 'Api', {
      restApiName: 'photos',
      resourceServers: [photos],
      defaultCorsPreflightOptions: {
        allowOrigins: [ALBUM_ORIGIN],
        allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
        allowHeaders: ['Authorization', 'Content-Type'],
      },
      cloudWatchRole: true, // API Gateway has one such role per account and region; this stack brings it along
      deployOptions: stageOptions(logGroup(this, 'AccessLog')),
    });
    const handler = this.photosFunction(write);
    const body = this.photoBody(api);
    api.addRoute('GET /photos', { access: Access.anyOf(read), handler });
    api.addRoute('POST /photos', { access: Access.anyOf(write), handler, ...body });
    api.addRoute('GET /photos/{id}', { access: Access.anyOf(read), handler });
    api.addRoute('PUT /photos/{id}', { access: Access.anyOf(write), handler, ...body });
    api.addRoute('DELETE /photos/{id}', { access: Access.anyOf(write), handler });
    api.addRoute('GET /health', { access: Access.public('probe of the load balancer'), ...healthProbe() });

    new CfnOutput(this, 'TokenUrl', { value: photos.tokenUrl });
    new CfnOutput(this, 'NightlyExportClientId', { value: nightlyExport.clientId });
    new CfnOutput(this, 'AlbumClientId', { value: album.clientId });
    acknowledgeFindings({ photos, api });
  }

  /** May write its own log, and nothing else. */
  private photosFunction(write: Scope): Function {
    const log = logGroup(this, 'PhotosLog');
    const role = new Role(this, 'PhotosRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    log.grantWrite(role);
    return new Function(this, 'PhotosFunction', {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(join(__dirname, 'handlers')),
      handler: 'photos.handler',
      environment: { ALBUM_ORIGIN, WRITE_SCOPE: write.fullName },
      role,
      logGroup: log,
    });
  }

  /** Requests of callers with the right token are refused by the gateway unless they bring a title. */
  private photoBody(api: ProtectedApi) {
    const photo = api.addModel('Photo', {
      modelName: 'Photo',
      schema: {
        type: JsonSchemaType.OBJECT,
        required: ['title'],
        properties: { title: { type: JsonSchemaType.STRING, minLength: 1, maxLength: 200 } },
      },
    });
    return {
      requestModels: { 'application/json': photo },
      requestValidator: api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true }),
    };
  }
}
