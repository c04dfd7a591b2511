import { DescribeUserPoolCommand, ListUserPoolsCommand, type UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { startApi } from './api-server';
import { modelFromTemplates } from '../../../../src/template/read-access-model';
import { runtimeFromTemplates } from '../../../../src/template/runtime/runtime-from-templates';
import { source } from '../../../template/templates';

const FUNCTION = {
  Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'stamp', Code: { ZipFile: 'x' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: 'r' },
};
const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:stamp';

async function shown(properties: object, domains: object = {}, region = 'eu-west-1'): Promise<{ pool: UserPoolType; listed: unknown; notices: string[] }> {
  const set = {
    templates: [source({
      Parameters: { Open: { Type: 'String' } }, Resources: { Pool: { Type: 'AWS::Cognito::UserPool', Properties: properties }, Stamp: FUNCTION, ...domains },
    }, { environment: { account: '111122223333', region } })],
  };
  const model = modelFromTemplates(set);
  const api = await startApi(model, runtimeFromTemplates(set, model));
  try {
    const { UserPool } = await api.sdk.send(new DescribeUserPoolCommand({ UserPoolId: api.pool.poolId }));
    const { UserPools: [listed] = [] } = await api.sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    return { pool: UserPool!, listed: listed.LambdaConfig, notices: api.cognito.notices.map(({ what }) => what) };
  } finally {
    await api.close();
  }
}

const domain = (properties: object) => ({ Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId: { Ref: 'Pool' }, ...properties } });

describe('a user pool of a template shows', () => {
  test('its domains and the form of its issuer', async () => {
    const { pool } = await shown({ IssuerConfiguration: { Type: 'UPDATED' } }, {
      Prefix: domain({ Domain: 'photos' }), Own: domain({ Domain: 'auth.example.com', CustomDomainConfig: { CertificateArn: 'arn' } }),
    });
    expect(pool).toMatchObject({ Domain: 'photos', CustomDomain: 'auth.example.com', IssuerConfiguration: { Type: 'UPDATED' } });
  });

  test('its ARN in the partition of its Region', async () => {
    const { pool } = await shown({}, {}, 'us-gov-west-1');
    expect(pool.Arn).toBe(`arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/${pool.Id}`);
  });

  test('its triggers, with the ARNs that functions of the template have here', async () => {
    const triggers = {
      PreSignUp: { 'Fn::GetAtt': ['Stamp', 'Arn'] }, PreTokenGenerationConfig: { LambdaArn: { 'Fn::GetAtt': ['Stamp', 'Arn'] }, LambdaVersion: 'V2_0' },
    };
    const expected = { PreSignUp: ARN, PreTokenGenerationConfig: { LambdaArn: ARN, LambdaVersion: 'V2_0' } };
    const { pool, listed } = await shown({ LambdaConfig: triggers });
    expect([pool.LambdaConfig, listed]).toEqual([expected, expected]);
  });

  test('the original issuer, no domain and no trigger where the template has none', async () => {
    const { pool } = await shown({});
    expect(pool).toMatchObject({ IssuerConfiguration: { Type: 'ORIGINAL' }, LambdaConfig: {} });
    expect(pool).not.toHaveProperty('Domain');
    expect(pool).not.toHaveProperty('CustomDomain');
  });

  test('nothing of what stays unknown, with a notice', async () => {
    const { pool, notices } = await shown({ LambdaConfig: { PreSignUp: { Ref: 'Open' } } }, { Prefix: domain({ Domain: { Ref: 'Open' } }) });
    expect(pool.LambdaConfig).toEqual({});
    expect(pool).not.toHaveProperty('Domain');
    expect(notices).toEqual(['the name of the domain <${App/Open}> is left out', 'LambdaConfig.PreSignUp <${App/Open}> is left out']);
  });
});
