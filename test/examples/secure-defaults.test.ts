import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Access, ProtectedApi, ScopedResourceServer } from 'cdk-protected-api';

/** The rows of the table «Secure defaults» in the README, beside the L2 constructs of the CDK. */
const ours = synthesize((stack) => {
  const photos = new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
  const read = photos.addScope('read', 'View photos');
  photos.addMachineClient('Machine', { scopes: [read] });
  photos.addSpaClient('Spa', { scopes: [read], callbackUrls: ['https://album.example.com/'] });
  photos.addWebClient('Web', { scopes: [read], callbackUrls: ['https://office.example.com/'] });
  photos.addMobileClient('Mobile', { scopes: [read], callbackUrls: ['com.example.album:/signed-in'] });
  const api = new ProtectedApi(stack, 'Api', { resourceServers: [photos] });
  api.addRoute('GET /photos', { access: Access.anyOf(read), integration: new MockIntegration() });
});
const l2 = synthesize((stack) => {
  new UserPool(stack, 'Pool').addClient('Spa', { userPoolClientName: 'Spa' });
  new RestApi(stack, 'Api').root.addMethod('GET');
});

describe('secure defaults', () => {
  test('the implicit grant is off', () => {
    expect(client(ours, 'Spa').AllowedOAuthFlows).toEqual(['code']);
    expect(client(l2, 'Spa').AllowedOAuthFlows).toContain('implicit');
  });

  test('a client gets the scopes that are listed for it and no other', () => {
    expect(client(ours, 'Spa').AllowedOAuthScopes).toEqual(['photos/read']);
    expect(client(l2, 'Spa').AllowedOAuthScopes).toHaveLength(5);
  });

  test('there is no callback URL that nobody wrote', () => {
    expect(client(ours, 'Spa').CallbackURLs).toEqual(['https://album.example.com/']);
    expect(client(ours, 'Machine').CallbackURLs).toBeUndefined();
    expect(client(l2, 'Spa').CallbackURLs).toEqual(['https://example.com']);
  });

  test.each(['Machine', 'Spa'])('client %s has no SDK sign-in, hides whether a user exists, and its tokens can be revoked', (name) => {
    expect(client(ours, name)).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], PreventUserExistenceErrors: 'ENABLED', EnableTokenRevocation: true,
    });
    expect(client(l2, 'Spa')).not.toHaveProperty('ExplicitAuthFlows');
    expect(client(l2, 'Spa')).not.toHaveProperty('PreventUserExistenceErrors');
  });

  test('only machines and web applications have a secret', () => {
    const secrets = ['Machine', 'Web', 'Spa', 'Mobile'].map((name) => client(ours, name).GenerateSecret);
    expect(secrets).toEqual([true, true, false, false]);
    expect(client(l2, 'Spa').GenerateSecret).toBeUndefined();
  });

  test('access tokens of machines live 30 minutes, those of browsers an hour with a refresh token of a day', () => {
    expect(client(ours, 'Machine')).toMatchObject({ AccessTokenValidity: 30, TokenValidityUnits: { AccessToken: 'minutes' } });
    expect(client(ours, 'Spa')).toMatchObject({ AccessTokenValidity: 60, RefreshTokenValidity: 1440 });
    expect(client(l2, 'Spa')).not.toHaveProperty('AccessTokenValidity');
    expect(client(l2, 'Spa')).not.toHaveProperty('RefreshTokenValidity');
  });

  test('nobody signs up alone, passwords are strong, and a pool that stays is guarded against deletion', () => {
    expect(pool(ours)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        Policies: {
          PasswordPolicy: { MinimumLength: 12, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
        },
        UserPoolTier: 'ESSENTIALS',
      },
    });
    expect(pool(l2)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
    expect(pool(l2).Properties).not.toHaveProperty('Policies');
    expect(pool(l2).Properties).not.toHaveProperty('DeletionProtection');
  });

  test('a method without a declared access fails synthesis', () => {
    expect(() => synthesize((stack) => { new ProtectedApi(stack, 'Api').root.addMethod('GET'); })).toThrow('RouteAccessMissing');
    l2.hasResourceProperties('AWS::ApiGateway::Method', { AuthorizationType: 'NONE' });
  });

  test('a public method states a reason', () => {
    expect(() => Access.public(' ')).toThrow('PublicReason');
  });
});

function synthesize(define: (stack: Stack) => void): Template {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
  define(stack);
  return Template.fromStack(stack);
}

function pool(template: Template): Record<string, any> {
  return Object.values(template.findResources('AWS::Cognito::UserPool'))[0];
}

function client(template: Template, name: string): Record<string, any> {
  const clients = template.findResources('AWS::Cognito::UserPoolClient', { Properties: { ClientName: name } });
  expect(Object.keys(clients)).toHaveLength(1);
  return Object.values(clients)[0].Properties;
}
