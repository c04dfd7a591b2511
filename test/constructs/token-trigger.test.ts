import { Template } from 'aws-cdk-lib/assertions';
import { FeaturePlan, LambdaVersion, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { codesOf, mock, newApp, newFunction, newPhotos, newStack, problemsOf } from './harness';
import { Access, ProtectedApi, Scope, TokenTrigger, type TokenTriggerProps } from '../../src';
import { buildMatrix } from '../../src/analysis/matrix';
import { loadTemplates } from '../../src/template/load';
import { modelFromTemplates } from '../../src/template/read-access-model';

const POOL = 'AWS::Cognito::UserPool';

/** A stack with a resource server and a trigger that adds its scope `write`, unless told otherwise. */
function withTrigger(options: Partial<TokenTriggerProps> = {}, stack = newStack()) {
  const { photos, read, write } = newPhotos(stack);
  const trigger = new TokenTrigger(stack, 'Entitlements', { userPool: photos.userPool, handler: newFunction(stack), addsScopes: [write], ...options });
  return { stack, photos, read, write, trigger };
}

describe('a token trigger', () => {
  test('acts on tokens of users by default, and carries its scopes in the metadata of the user pool', () => {
    const { stack, trigger, write, photos } = withTrigger();
    const template = Template.fromStack(stack);
    template.hasResource(POOL, {
      Properties: { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } } },
      Metadata: { 'cdk-protected-api': { addsScopes: ['photos/write'] } },
    });
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'cognito-idp.amazonaws.com' });
    expect(trigger).toMatchObject({ addsScopes: [write], userPool: photos.userPool });
  });

  test('may act on tokens of machines too', () => {
    Template.fromStack(withTrigger({ lambdaVersion: LambdaVersion.V3_0 }).stack)
      .hasResourceProperties(POOL, { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0' } } });
  });

  test('may add scopes that no resource server declares, and names that only deployment knows', () => {
    const stack = newStack();
    const identifier = new CfnParameter(stack, 'Identifier').valueAsString;
    withTrigger({ addsScopes: [Scope.external('orders/read'), Scope.external(`${identifier}/read`)] }, stack);
    Template.fromStack(stack).hasResource(POOL, {
      Metadata: { 'cdk-protected-api': { addsScopes: ['orders/read', { 'Fn::Join': ['', [{ Ref: 'Identifier' }, '/read']] }] } },
    });
  });
});

describe('the matrix of the app', () => {
  /** Who may call `POST /photos`, of a client with users, one that signs in by SDK, and a machine. */
  function callers(declare: (parts: ReturnType<typeof newPhotos> & { stack: Stack }) => void) {
    const app: App = newApp();
    const stack = new Stack(app, 'Stack');
    const parts = newPhotos(stack);
    const { photos, read, write } = parts;
    photos.addSpaClient('Album', { scopes: [read], callbackUrls: ['https://album.example.com/cb'] });
    photos.addSpaClient('Phone', { scopes: [Scope.OPENID], callbackUrls: ['https://album.example.com/cb'], authFlows: { userSrp: true } });
    photos.addMachineClient('Job', { scopes: [read] });
    new ProtectedApi(stack, 'Api', { resourceServers: [photos] }).addRoute('POST /photos', { access: Access.anyOf(write), integration: mock() });
    declare({ ...parts, stack });
    const { allowed, unknown, principals } = buildMatrix(modelFromTemplates(loadTemplates(app.synth().directory)));
    const nameOf = (id: string) => principals.find((each) => each.id === id)!.name;
    return {
      allowed: allowed.map(({ principal, byTrigger }) => `${nameOf(principal)}${byTrigger ? ' by trigger' : ''}`).sort(),
      unknown: unknown.map(({ principal }) => nameOf(principal)).sort(),
    };
  }

  test('shows users «by trigger», also those of SDK sign-in, and machines from V3_0 on', () => {
    const withVersion = (lambdaVersion: LambdaVersion) => callers(({ stack, photos, write }) => {
      new TokenTrigger(stack, 'Entitlements', { userPool: photos.userPool, handler: newFunction(stack), addsScopes: [write], lambdaVersion });
    });
    expect(withVersion(LambdaVersion.V2_0)).toEqual({ allowed: ['Album by trigger', 'Phone by trigger'], unknown: [] });
    expect(withVersion(LambdaVersion.V3_0)).toEqual({ allowed: ['Album by trigger', 'Job by trigger', 'Phone by trigger'], unknown: [] });
  });

  test('shows nobody where the trigger adds other scopes, or where there is none', () => {
    const others = callers(({ stack, photos }) => {
      new TokenTrigger(stack, 'Entitlements', { userPool: photos.userPool, handler: newFunction(stack), addsScopes: [Scope.external('orders/read')] });
    });
    expect(others).toEqual({ allowed: [], unknown: [] });
    expect(callers(() => {})).toEqual({ allowed: [], unknown: [] });
  });

  test('leaves open what a trigger adds that nobody declared', () => {
    const open = callers(({ stack, photos }) => {
      (photos.userPool as UserPool).addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, newFunction(stack), LambdaVersion.V2_0);
    });
    expect(open).toEqual({ allowed: [], unknown: ['Album', 'Phone'] });
  });
});

describe('a token trigger fails', () => {
  test('with a version that adds no scopes', () => {
    expect(problemsOf(() => withTrigger({ lambdaVersion: LambdaVersion.V1_0 }))).toEqual([
      '[TokenTrigger] token trigger "Stack/Entitlements" has a version that adds no scopes, got "V1_0"; '
      + 'expected V2_0 for users, V3_0 for users and machines; raise lambdaVersion',
    ]);
  });

  test('without a scope, with one that is listed twice, and with one that has spaces', () => {
    expect(codesOf(() => withTrigger({ addsScopes: [] }))).toEqual(['TokenTrigger']);
    expect(codesOf(() => withTrigger({ addsScopes: [Scope.external('a/b'), Scope.external('a/b')] }))).toEqual(['ScopeDuplicate']);
    expect(codesOf(() => withTrigger({ addsScopes: [Scope.external('orders/read all')] }))).toEqual(['ScopeNameCharset']);
  });

  test('with a scope of another user pool', () => {
    const stack = newStack();
    const { read } = newPhotos(stack, { identifier: 'orders' }, 'Orders');
    expect(codesOf(() => withTrigger({ addsScopes: [read] }, stack))).toEqual(['ScopeOfOtherPool']);
  });

  test('on a user pool that the app only refers to', () => {
    const stack = newStack();
    const userPool = UserPool.fromUserPoolId(stack, 'Imported', 'eu-west-1_abc');
    expect(problemsOf(() => withTrigger({ userPool, addsScopes: [Scope.external('orders/read')] }, stack))[0])
      .toContain('belongs to a user pool that this app only refers to, got "Stack/Imported"');
  });

  test('on a user pool that has another one, of whatever version', () => {
    const { stack, photos, write } = withTrigger();
    expect(codesOf(() => new TokenTrigger(stack, 'Second', { userPool: photos.userPool, handler: newFunction(stack, 'B'), addsScopes: [write] })))
      .toEqual(['TokenTrigger']);
    const userPool = new UserPool(stack, 'Old', { lambdaTriggers: { preTokenGeneration: newFunction(stack, 'C') } });
    expect(codesOf(() => new TokenTrigger(stack, 'Third', { userPool, handler: newFunction(stack, 'D'), addsScopes: [Scope.external('a/b')] })))
      .toEqual(['TokenTrigger']);
  });

  test('at synthesis, where its user pool gets another one later, unless that is the same function', () => {
    const add = (id: string) => {
      const { stack, photos } = withTrigger();
      const handler = stack.node.tryFindChild(id) ?? newFunction(stack, id);
      (photos.userPool as UserPool).addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, handler as LambdaFunction);
      return stack;
    };
    expect(problemsOf(() => Template.fromStack(add('Other')))).toEqual([
      '[TokenTrigger] token trigger "Stack/Entitlements" meets a second one, got "Stack/Photos/UserPool"; '
      + 'expected one pre token generation trigger per user pool; let one function add all scopes',
    ]);
    expect(() => Template.fromStack(add('Handler'))).not.toThrow();
  });

  test('at synthesis, on the feature plan Lite', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const userPool = new UserPool(stack, 'Pool', { featurePlan: FeaturePlan.LITE });
    new TokenTrigger(stack, 'Entitlements', { userPool, handler: newFunction(stack), addsScopes: [Scope.external('a/b')] });
    expect(problemsOf(() => app.synth())).toEqual([
      '[FeaturePlan] user pool "Stack/Pool/Resource" has a feature plan without token triggers of version V2_0, got "LITE"; '
      + 'expected ESSENTIALS or PLUS; raise featurePlan, or remove the trigger',
    ]);
  });
});
