import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledged-findings';
import { healthProbe, logGroup, stageOptions } from '../common/api-parts';
import { CallerFunction } from '../common/caller-function';
import { DeclaredAccess, ProtectedApi } from 'cdk-protected-api';

/** A service for partners: who may call what stands in a file, what answers stands here. */
export class TidesStack extends Stack {
  public readonly declared: DeclaredAccess;

  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Tide service that machines of partners call', ...props });
    const declared = this.declared = new DeclaredAccess(this, 'Access', {
      file: join(__dirname, 'access.yaml'),
      removalPolicy: RemovalPolicy.DESTROY, // an example goes away as a whole; keep the pool of a real service
    });
    const api = new ProtectedApi(this, 'Api', {
      restApiName: 'tides',
      resourceServers: declared.resourceServers,
      cloudWatchRole: true, // API Gateway has one such role per account and region; this stack brings it along
      deployOptions: stageOptions(logGroup(this, 'AccessLog')),
    });
    const handler = new CallerFunction(this, 'Answers');
    const requestValidator = api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
    const object = api.addModel('Object', { modelName: 'Object', schema: { type: JsonSchemaType.OBJECT } });
    const body = { requestValidator, requestModels: { 'application/json': object } };
    declared.addRoutes(api, {
      'GET /stations': { handler },
      'GET /stations/{id}/readings': { handler },
      'POST /stations/{id}/readings': { handler, ...body },
      'GET /stations/{id}/forecast': { handler },
      'GET /alerts': { handler },
      'POST /alerts': { handler, ...body },
      'GET /health': healthProbe(),
    });
    new CfnOutput(this, 'TokenUrl', { value: declared.resourceServer('tides').tokenUrl });
    acknowledgeFindings({ declared, api });
  }
}
