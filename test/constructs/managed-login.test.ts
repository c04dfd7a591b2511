import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate, CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { FeaturePlan, ManagedLoginVersion, UserPool, type CfnUserPool, type UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { Aws, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { codesOf, newApp, newPhotos, newStack, problemsOf } from './harness';
import { ManagedLoginBranding, SpaClient, type SpaClientOptions } from '../../src';
import { checkCertificateRegion } from '../../src/model/domain-rules';
import { formatProblem } from '../../src/model/problem';

const BRANDING = 'AWS::Cognito::ManagedLoginBranding';
const DOMAIN = 'AWS::Cognito::UserPoolDomain';

const callbackUrls = ['https://album.example.com/cb'];
const managed: UserPoolDomainOptions = { cognitoDomain: { domainPrefix: 'photos' }, managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN };

function withDomain(domain?: UserPoolDomainOptions, options: Partial<SpaClientOptions> = {}): Stack {
  const stack = newStack();
  const { photos, read } = newPhotos(stack, { domain });
  photos.addSpaClient('Album', { scopes: [read], callbackUrls, ...options });
  photos.addMachineClient('Job', { scopes: [read] });
  return stack;
}

describe('a domain', () => {
  test('has the classic pages by default, on which every client can sign in without a look of its own', () => {
    const template = Template.fromStack(withDomain());
    template.hasResourceProperties(DOMAIN, { ManagedLoginVersion: Match.absent() });
    template.resourceCountIs(BRANDING, 0);
    Template.fromStack(withDomain({ ...managed, managedLoginVersion: ManagedLoginVersion.CLASSIC_HOSTED_UI })).resourceCountIs(BRANDING, 0);
  });

  test('with managed login gives each client with users the look that it needs, and machine clients none', () => {
    const stack = withDomain(managed);
    const template = Template.fromStack(stack);
    template.hasResourceProperties(DOMAIN, { ManagedLoginVersion: 2 });
    template.resourceCountIs(BRANDING, 1);
    template.hasResourceProperties(BRANDING, {
      UseCognitoProvidedValues: true,
      Settings: Match.absent(),
      ClientId: { Ref: Match.stringLikeRegexp('^PhotosClientsAlbum') },
      UserPoolId: { Ref: Match.stringLikeRegexp('^PhotosUserPool') },
    });
  });

  test('with managed login may be added after the client', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    const { photos, read } = newPhotos(stack, { userPool });
    photos.addMobileClient('Phone', { scopes: [read], callbackUrls });
    photos.addWebClient('Office', { scopes: [read], callbackUrls });
    userPool.addDomain('Domain', managed);
    Template.fromStack(stack).resourceCountIs(BRANDING, 2);
  });

  test('with managed login in another stack gives the client its look in the stack of the client', () => {
    const app = newApp();
    const [identity, apps] = [new Stack(app, 'Identity'), new Stack(app, 'Apps')];
    const { photos, read } = newPhotos(identity, { domain: managed });
    new SpaClient(apps, 'Album', { userPool: photos.userPool, scopes: [read], callbackUrls });
    Template.fromStack(apps).resourceCountIs(BRANDING, 1);
    Template.fromStack(identity).resourceCountIs(BRANDING, 0);
  });
});

describe('the look of a client', () => {
  test('may be one of its own', () => {
    const template = Template.fromStack(withDomain(managed, { managedLoginBranding: ManagedLoginBranding.settings({ components: { form: {} } }) }));
    template.hasResourceProperties(BRANDING, { Settings: { components: { form: {} } }, UseCognitoProvidedValues: Match.absent() });
  });

  test('may be left to somebody else', () => {
    Template.fromStack(withDomain(managed, { managedLoginBranding: ManagedLoginBranding.none() })).resourceCountIs(BRANDING, 0);
  });

  test('may be given where the app does not declare the domain', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack, { userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc') });
    photos.addSpaClient('Plain', { scopes: [read], callbackUrls });
    photos.addSpaClient('Album', { scopes: [read], callbackUrls, managedLoginBranding: ManagedLoginBranding.cognitoProvided() });
    const template = Template.fromStack(stack);
    template.resourceCountIs(BRANDING, 1);
    template.hasResourceProperties(BRANDING, { UserPoolId: 'eu-west-1_abc', UseCognitoProvidedValues: true });
  });
});

describe('the feature plan Lite', () => {
  test('fails with managed login, once for all resource servers of the user pool', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const userPool = new UserPool(stack, 'Pool', { featurePlan: FeaturePlan.LITE });
    newPhotos(stack, { userPool, domain: managed });
    newPhotos(stack, { userPool: UserPool.fromUserPoolArn(stack, 'Same', userPool.userPoolArn), identifier: 'orders' }, 'Orders');
    expect(problemsOf(() => app.synth())).toEqual([
      '[FeaturePlan] user pool "Stack/Pool/Resource" has a feature plan without managed login (managedLoginVersion 2), got "LITE"; '
      + 'expected ESSENTIALS or PLUS; raise featurePlan, or use ManagedLoginVersion.CLASSIC_HOSTED_UI',
    ]);
  });

  test('fails also where an escape hatch sets it', () => {
    const app = newApp();
    const { photos } = newPhotos(new Stack(app, 'Stack'), { domain: managed });
    (photos.userPool.node.defaultChild as CfnUserPool).addPropertyOverride('UserPoolTier', 'LITE');
    expect(codesOf(() => app.synth())).toEqual(['FeaturePlan']);
  });

  test('goes with the classic pages, and managed login with other plans', () => {
    for (const [featurePlan, domain] of [[FeaturePlan.LITE, { cognitoDomain: { domainPrefix: 'photos' } }], [FeaturePlan.PLUS, managed]] as const) {
      const app = newApp();
      const stack = new Stack(app, 'Stack');
      newPhotos(stack, { userPool: new UserPool(stack, 'Pool', { featurePlan }), domain });
      expect(() => app.synth()).not.toThrow();
    }
  });
});

describe('the certificate of a custom domain', () => {
  const arn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/abc`;
  const customDomain = (stack: Stack, certificateArn: string): UserPoolDomainOptions =>
    ({ customDomain: { domainName: 'auth.example.com', certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn) } });

  test('fails outside us-east-1, by its ARN', () => {
    const stack = newStack();
    expect(problemsOf(() => newPhotos(stack, { domain: customDomain(stack, arn('eu-west-1')) }))).toEqual([
      '[CertificateRegion] certificate of domain "auth.example.com" is in a Region from which Cognito takes none, got "eu-west-1"; '
      + 'expected a certificate in us-east-1, whatever the Region of the user pool; define it in a stack in us-east-1, or pass the ARN of one there',
    ]);
  });

  test.each([['eu-west-1', ['CertificateRegion']], ['us-east-1', []]])('fails at synthesis for one of %s that the user pool itself was given: %j', (region, codes) => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Users');
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:${region}:123456789012:certificate/abc`);
    userPool.addDomain('Domain', { customDomain: { domainName: 'auth.example.com', certificate } });
    newPhotos(stack, { userPool });
    const synthesize = () => Template.fromStack(stack);
    if (codes.length === 0) expect(synthesize).not.toThrow();
    else expect(codesOf(synthesize)).toEqual(codes);
  });

  test.each([['eu-west-1', ['CertificateRegion']], ['us-east-1', []], [undefined, []]])(
    'is checked by the Region of the stack that defines it: %s', (region, codes) => {
      const stack = newStack({ env: region === undefined ? undefined : { account: '123456789012', region } });
      const domain = { customDomain: { domainName: 'auth.example.com', certificate: new Certificate(stack, 'Certificate', { domainName: 'auth.example.com' }) } };
      const act = () => newPhotos(stack, { domain });
      if (codes.length === 0) expect(act).not.toThrow();
      else expect(codesOf(act)).toEqual(codes);
    });

  test('is checked where it is an L1 construct too', () => {
    const stack = newStack({ env: { region: 'eu-west-1' } });
    const certificate = new CfnCertificate(stack, 'Certificate', { domainName: 'auth.example.com' });
    expect(codesOf(() => newPhotos(stack, { domain: { customDomain: { domainName: 'auth.example.com', certificate } } }))).toEqual(['CertificateRegion']);
  });

  test('is taken from us-east-1, and where its Region is not known', () => {
    for (const certificateArn of [arn('us-east-1'), arn(Aws.REGION), undefined]) {
      const stack = newStack({ env: { region: 'eu-west-1' } });
      expect(() => newPhotos(stack, { domain: customDomain(stack, certificateArn ?? new CfnParameter(stack, 'Arn').valueAsString) })).not.toThrow();
    }
  });

  test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1'])('is no problem in %s', (region) => {
    expect(checkCertificateRegion('auth.example.com', region)).toEqual([]);
  });

  test.each(['us-east-2', 'eu-central-1'])('is a problem in %s', (region) => {
    expect(checkCertificateRegion('auth.example.com', region).map(formatProblem)).toEqual([expect.stringContaining(`got "${region}"`)]);
  });
});
