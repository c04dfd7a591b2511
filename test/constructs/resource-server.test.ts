import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnParameter, Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { codesOf, ENV, manyScopes, newApp, newPhotos, newStack, problemsOf, resourcesOf } from './harness';
import { Scope, ScopedResourceServer } from '../../src';
import { checkDomainPrefix } from '../../src/model/domain-rules';

const SERVER = 'AWS::Cognito::UserPoolResourceServer';
const POOL = 'AWS::Cognito::UserPool';
const DOMAIN = 'AWS::Cognito::UserPoolDomain';
const STACK_UUID = '51af3dc0-da77-11e4-872e-1234567db123';

/** A template's domain prefix as the service sees it. */
function prefixOf(stack: Stack): string {
  const [{ Properties: { Domain } }] = Object.values(resourcesOf(Template.fromStack(stack).toJSON(), DOMAIN));
  const [, parts] = Domain['Fn::Join'];
  const text = parts.map((part: unknown) => (typeof part === 'string' ? part : STACK_UUID)).join('');
  expect(parts.filter((part: unknown) => typeof part !== 'string'))
    .toEqual([{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]);
  return text;
}

describe('the user pool', () => {
  test('is a new one without self sign-up, with strong passwords, feature plan Essentials and guarded deletion', () => {
    const stack = newStack();
    newPhotos(stack);
    Template.fromStack(stack).hasResource(POOL, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'ESSENTIALS',
        Policies: {
          PasswordPolicy: {
            MinimumLength: 12, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true,
          },
        },
        UsernameConfiguration: { CaseSensitive: false },
      },
    });
  });

  test.each([
    [RemovalPolicy.RETAIN, 'Retain', 'ACTIVE'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'ACTIVE'],
    [RemovalPolicy.DESTROY, 'Delete', 'INACTIVE'],
  ])('with removal policy %s has deletion policy %s and deletion protection %s', (removalPolicy, policy, protection) => {
    const stack = newStack();
    newPhotos(stack, { removalPolicy });
    Template.fromStack(stack).hasResource(POOL, { DeletionPolicy: policy, Properties: { DeletionProtection: protection } });
  });

  test('is the given one, and no other', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    const { photos } = newPhotos(stack, { userPool });
    expect(photos.userPool).toBe(userPool);
    const template = Template.fromStack(stack);
    template.resourceCountIs(POOL, 1);
    template.hasResourceProperties(SERVER, { UserPoolId: { Ref: stack.getLogicalId(userPool.node.defaultChild as never) } });
  });

  test('may be an imported one', () => {
    const stack = newStack();
    newPhotos(stack, { userPool: UserPool.fromUserPoolArn(stack, 'Pool', 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc') });
    const template = Template.fromStack(stack);
    template.resourceCountIs(POOL, 0);
    template.hasResourceProperties(SERVER, { UserPoolId: 'eu-west-1_abc' });
  });

  test('fails with a removal policy for a given user pool', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    expect(codesOf(() => newPhotos(stack, { userPool, removalPolicy: RemovalPolicy.DESTROY }))).toEqual(['UserPoolOptions']);
  });
});

describe('identifier and name', () => {
  test.each([
    ['photos', 'photos'],
    ['https://photos.example.com', 'https-photos.example.com'],
    ['https://photos.example.com/v1/', 'https-photos.example.com-v1'],
    ['a(b)\'c', 'a-b-c'],
    ['(((', 'unnamed'],
  ])('of %p give a literal identifier and the name %p', (identifier, name) => {
    const stack = newStack();
    const { read } = newPhotos(stack, { identifier });
    expect(read.fullName).toBe(`${identifier}/read`);
    Template.fromStack(stack).hasResourceProperties(SERVER, { Identifier: identifier, Name: name });
    expect(name).toMatch(/^[\w\s+=,.@-]{1,256}$/);
  });

  test('may be a value that only deployment knows, named after the construct', () => {
    const stack = newStack();
    const identifier = new CfnParameter(stack, 'Identifier').valueAsString;
    const { photos, read } = newPhotos(stack, { identifier });
    photos.addMachineClient('Job', { scopes: [read] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(SERVER, { Identifier: { Ref: 'Identifier' }, Name: 'Photos' });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', { AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: 'Identifier' }, '/read']] }] });
  });

  test('take a given name', () => {
    const stack = newStack();
    newPhotos(stack, { resourceServerName: 'Photo service' });
    Template.fromStack(stack).hasResourceProperties(SERVER, { Name: 'Photo service' });
  });

  test.each([
    ['IdentifierEmpty', ''],
    ['IdentifierCharset', 'my photos'],
    ['IdentifierCharset', 'fotos-für-alle'],
    ['IdentifierCharset', 'a"b'],
    ['IdentifierCharset', 'a\\b'],
    ['IdentifierLength', 'x'.repeat(257)],
    ['IdentifierReserved', 'aws.cognito.signin'],
  ])('fails with %s for identifier %p', (code, identifier) => {
    expect(codesOf(() => newPhotos(newStack(), { identifier }))).toEqual([code]);
  });

  test('takes an identifier of 256 characters of the whole charset', () => {
    const charset = Array.from({ length: 94 }, (_, code) => String.fromCharCode(code + 33)).filter((each) => !'"\\'.includes(each)).join('');
    const identifier = charset.repeat(3).slice(0, 256);
    expect(() => new ScopedResourceServer(newStack(), 'Photos', { identifier })).not.toThrow();
  });

  test.each(['', 'a/b', 'x'.repeat(257)])('fails for the name %p', (resourceServerName) => {
    expect(codesOf(() => newPhotos(newStack(), { resourceServerName }))).toEqual(['ResourceServerName']);
  });

  test('fails with all problems of the properties at once', () => {
    const stack = newStack();
    expect(codesOf(() => newPhotos(stack, {
      identifier: '',
      resourceServerName: '/',
      userPool: new UserPool(stack, 'Pool'),
      removalPolicy: RemovalPolicy.DESTROY,
      domain: { cognitoDomain: { domainPrefix: 'my-aws' } },
    }))).toEqual(['IdentifierEmpty', 'ResourceServerName', 'UserPoolOptions', 'DomainReservedWord']);
  });

  test('fails for a second resource server with the identifier in one user pool, also across stacks and however the pool is obtained', () => {
    const app = newApp();
    const stack = new Stack(app, 'A');
    const { photos } = newPhotos(stack);
    const again = UserPool.fromUserPoolArn(stack, 'Again', photos.userPool.userPoolArn);
    const byId = UserPool.fromUserPoolId(stack, 'ById', photos.userPool.userPoolId);
    for (const [id, userPool] of Object.entries({ Same: photos.userPool, again, byId })) {
      expect(problemsOf(() => newPhotos(new Stack(app, id), { userPool }))[0])
        .toContain('has the identifier of "A/Photos", got "photos"');
    }
    expect(() => newPhotos(new Stack(app, 'Own'))).not.toThrow();
    expect(() => newPhotos(new Stack(app, 'Other'), { userPool: photos.userPool, identifier: 'other' })).not.toThrow();
  });

  test('fails for the same unknown identifier twice', () => {
    const stack = newStack();
    const identifier = new CfnParameter(stack, 'Identifier').valueAsString;
    const { photos } = newPhotos(stack, { identifier });
    expect(problemsOf(() => newPhotos(stack, { identifier, userPool: photos.userPool }, 'Again'))[0]).toContain('got "<token>"');
  });
});

describe('scopes', () => {
  test('are written with their descriptions, in the order of their declaration', () => {
    const stack = newStack();
    const { photos, read, write } = newPhotos(stack);
    Template.fromStack(stack).hasResourceProperties(SERVER, {
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'View photos' }, { ScopeName: 'write', ScopeDescription: 'Change photos' }],
    });
    expect(photos.scopes).toEqual([read, write]);
    expect(photos.scope('write')).toBe(write);
    expect(read).toMatchObject({ name: 'read', fullName: 'photos/read', description: 'View photos', resourceServer: photos });
  });

  test('may be none', () => {
    const stack = newStack();
    new ScopedResourceServer(stack, 'Photos', { identifier: 'photos' });
    Template.fromStack(stack).hasResourceProperties(SERVER, { Scopes: Match.absent() });
  });

  test('can be 100, and fails with the 101st', () => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    manyScopes(photos, 100);
    expect(problemsOf(() => photos.addScope('one.more', 'Too many'))[0]).toMatch(/^\[ScopesPerServer\] .*got 101 scopes; expected at most 100/);
  });

  test.each([
    ['ScopeNameEmpty', ''],
    ['ScopeNameCharset', 'read all'],
    ['ScopeNameCharset', 'lesen-für-alle'],
    ['ScopeNameLength', 'x'.repeat(257)],
    ['ScopeNameSlash', 'albums/read'],
    ['FullScopeNameLength', 'x'.repeat(250)],
  ])('fails with %s for the name %p', (code, name) => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    expect(codesOf(() => photos.addScope(name, 'Something'))).toEqual([code]);
  });

  test('may have a full name of 256 characters', () => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    expect(photos.addScope('x'.repeat(249), 'Long').fullName).toHaveLength(256);
  });

  test.each([['', 'empty'], ['  ', 'empty'], ['x'.repeat(257), 'too long']])('fails for the description %p', (description, wrong) => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    expect(problemsOf(() => photos.addScope('read', description))[0]).toContain(`[ScopeDescriptionLength] description of scope "read" is ${wrong}`);
  });

  test('fails with all problems of a scope at once', () => {
    const photos = new ScopedResourceServer(newStack(), 'Photos', { identifier: 'photos' });
    expect(codesOf(() => photos.addScope('a/b', ''))).toEqual(['ScopeNameSlash', 'ScopeDescriptionLength']);
  });

  test('fails for a scope that is declared twice', () => {
    const { photos } = newPhotos(newStack());
    expect(problemsOf(() => photos.addScope('read', 'Again'))[0]).toContain('[ScopeDuplicate] resource server "Stack/Photos" declares a scope twice, got "read"');
  });

  test('fails for an undeclared name with the nearest one', () => {
    const { photos } = newPhotos(newStack());
    expect(problemsOf(() => photos.scope('raed'))[0]).toMatch(/^\[ScopeUnknown\] .*got "raed"; expected "read";/);
  });
});

describe('standard and external scopes', () => {
  test('have the names that Cognito knows', () => {
    expect([Scope.OPENID, Scope.EMAIL, Scope.PHONE, Scope.PROFILE, Scope.COGNITO_ADMIN].map(({ fullName }) => fullName))
      .toEqual(['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin']);
  });

  test('split at the last slash', () => {
    expect(Scope.external('https://orders.example.com/v1/read')).toMatchObject({ name: 'read', fullName: 'https://orders.example.com/v1/read' });
    expect(Scope.external('orders/read').resourceServer).toBeUndefined();
  });

  test('may be a value that only deployment knows', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    photos.addMachineClient('Job', { scopes: [Scope.external(Fn.importValue('OrdersRead')), Scope.external(`${Fn.importValue('Orders')}/write`)] });
    Template.fromStack(stack).hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthScopes: [{ 'Fn::ImportValue': 'OrdersRead' }, { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Orders' }, '/write']] }],
    });
  });

  test.each([
    ['FullScopeNameFormat', 'read'],
    ['FullScopeNameFormat', '/read'],
    ['FullScopeNameFormat', 'orders/'],
    ['FullScopeNameFormat', ''],
    ['ScopeNameCharset', 'orders/re ad'],
    ['FullScopeNameLength', `orders/${'x'.repeat(250)}`],
  ])('fails with %s for %p', (code, fullName) => {
    expect(codesOf(() => Scope.external(fullName))).toEqual([code]);
  });

  test('fails for a misspelt standard scope with the right one', () => {
    expect(problemsOf(() => Scope.external('opneid'))[0]).toContain('expected "openid"');
  });
});

describe('an imported resource server', () => {
  const importPhotos = (stack: Stack, id: string, scopeNames?: string[]) => ScopedResourceServer.fromAttributes(stack, id, {
    identifier: 'photos', userPool: UserPool.fromUserPoolId(stack, `${id}Pool`, 'eu-west-1_abc'), scopeNames,
  });

  test('defines no resource', () => {
    const stack = newStack();
    importPhotos(stack, 'Photos', ['read']);
    Template.fromStack(stack).templateMatches({ Resources: Match.absent() });
  });

  test('gives known scopes only, where its scopes are known', () => {
    const photos = importPhotos(newStack(), 'Photos', ['read']);
    expect(photos.scopesKnown).toBe(true);
    expect(photos.scope('read').fullName).toBe('photos/read');
    expect(photos.scopes).toEqual([photos.scope('read')]);
    expect(problemsOf(() => photos.scope('raed'))[0]).toMatch(/^\[ScopeUnknown\] .*expected "read"/);
  });

  test('gives any valid scope, where its scopes are unknown', () => {
    const photos = importPhotos(newStack(), 'Photos');
    expect(photos.scopesKnown).toBe(false);
    expect(photos.scope('anything').fullName).toBe('photos/anything');
    expect(codesOf(() => photos.scope('any/thing'))).toEqual(['ScopeNameSlash']);
  });

  test('can be imported in several stacks, and beside its declaration', () => {
    const app = newApp();
    const [a, b, c] = ['A', 'B', 'C'].map((id) => new Stack(app, id));
    importPhotos(a, 'Photos');
    importPhotos(b, 'Photos', ['read']);
    newPhotos(c, { userPool: UserPool.fromUserPoolId(c, 'Pool', 'eu-west-1_abc') });
    expect(() => app.synth()).not.toThrow();
  });

  test('fails with all problems of its attributes at once', () => {
    const stack = newStack();
    expect(codesOf(() => ScopedResourceServer.fromAttributes(stack, 'Photos', {
      identifier: 'my photos', userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc'), scopeNames: ['a/b', ''],
    }))).toEqual(['IdentifierCharset', 'ScopeNameSlash', 'ScopeNameEmpty']);
  });

  test('takes 100 scope names, and fails with 101 or with one of them twice', () => {
    const stack = newStack();
    const names = (count: number) => Array.from({ length: count }, (_, number) => `scope.${number}`);
    expect(importPhotos(stack, 'Fits', names(100)).scopes).toHaveLength(100);
    expect(codesOf(() => importPhotos(stack, 'Many', names(101)))).toEqual(['ScopesPerServer']);
    expect(problemsOf(() => importPhotos(stack, 'Twice', ['read', 'write', 'read', 'read'])))
      .toEqual([expect.stringContaining('[ScopeDuplicate] resource server "Stack/Twice" lists a scope twice, got "read"')]);
  });
});

describe('the domain', () => {
  test('is there only where a client needs one', () => {
    const without = newStack();
    newPhotos(without);
    Template.fromStack(without).resourceCountIs(DOMAIN, 0);
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    photos.addMachineClient('Job', { scopes: [read] });
    photos.addMachineClient('Other', { scopes: [read] });
    Template.fromStack(stack).resourceCountIs(DOMAIN, 1);
  });

  test.each([
    'Photos', 'AwsCognito', 'awsamazoncognito', 'amaawszon', 'coawsgnito', 'AWS', 'Фото', '写真', 'Ünïcödé', '-', '---', '0', 'A_B.C D', 'x'.repeat(200),
    `${'x'.repeat(16)}-aws`, `${'x'.repeat(15)}-`, 'COGNITO'.repeat(30), 'ama-zon', 'a/w/s',
  ])('has a valid default prefix for the construct id %p', (id) => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack, {}, id);
    photos.addMachineClient('Job', { scopes: [read] });
    const prefix = prefixOf(stack);
    expect(checkDomainPrefix(prefix)).toEqual([]);
    expect(prefix).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(prefix).not.toMatch(/aws|amazon|cognito/);
  });

  test('has a default prefix that stays when clients and scopes change, and differs between resource servers and stacks', () => {
    const prefixes = [['Job'], ['Other', 'Job']].map((clients) => {
      const stack = newStack();
      const { photos } = newPhotos(stack);
      for (const client of clients) photos.addMachineClient(client, { scopes: [photos.addScope(client, 'More')] });
      return prefixOf(stack);
    });
    expect(prefixes[0]).toBe(prefixes[1]);
    const stack = newStack();
    const { photos, read } = newPhotos(stack, {}, 'photos');
    photos.addMachineClient('Job', { scopes: [read] });
    expect(prefixOf(stack)).not.toBe(prefixes[0]);
  });

  test('takes a given prefix at once', () => {
    const stack = newStack();
    newPhotos(stack, { domain: { cognitoDomain: { domainPrefix: 'album' } } });
    Template.fromStack(stack).hasResourceProperties(DOMAIN, { Domain: 'album' });
  });

  test('takes a name of your own with a certificate', () => {
    const stack = newStack(({ env: ENV }));
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
    const { photos } = newPhotos(stack, { domain: { customDomain: { domainName: 'auth.example.com', certificate } } });
    Template.fromStack(stack).hasResourceProperties(DOMAIN, {
      Domain: 'auth.example.com', CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' },
    });
    const [domain] = Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), DOMAIN));
    expect(stack.resolve(photos.tokenUrl)).toEqual({ 'Fn::Join': ['', ['https://', { Ref: domain }, '/oauth2/token']] });
  });

  test('of a given user pool is the one that was added to it', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool');
    const domain = userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'album' } });
    const { photos, read } = newPhotos(stack, { userPool });
    photos.addMachineClient('Job', { scopes: [read] });
    expect(photos.domain).toBe(domain);
    Template.fromStack(stack).resourceCountIs(DOMAIN, 1);
  });

  test('of an imported user pool is unknown, so its URLs fail and clients do without', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack, { userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc') });
    photos.addMachineClient('Job', { scopes: [read] });
    expect(photos.domain).toBeUndefined();
    expect(codesOf(() => photos.tokenUrl)).toEqual(['DomainMissing']);
    expect(codesOf(() => photos.authorizeUrl)).toEqual(['DomainMissing']);
    Template.fromStack(stack).resourceCountIs(DOMAIN, 0);
  });

  test('is shared by the resource servers of a user pool, whichever asks first', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack);
    const { photos: albums, read } = newPhotos(stack, { identifier: 'albums', userPool: photos.userPool }, 'Albums');
    albums.addMachineClient('Job', { scopes: [read] });
    expect(albums.domain).toBe(photos.domain);
    expect(albums.tokenUrl).toBe(photos.tokenUrl);
    Template.fromStack(stack).resourceCountIs(DOMAIN, 1);
  });

  test('that a later resource server gives takes the place of the default', () => {
    const stack = newStack();
    const { photos, read } = newPhotos(stack);
    const { photos: albums } = newPhotos(stack, {
      identifier: 'albums', userPool: photos.userPool, domain: { cognitoDomain: { domainPrefix: 'album' } },
    }, 'Albums');
    photos.addMachineClient('Job', { scopes: [read] });
    expect(photos.domain).toBe(albums.domain);
    Template.fromStack(stack).hasResourceProperties(DOMAIN, { Domain: 'album' });
    Template.fromStack(stack).resourceCountIs(DOMAIN, 1);
  });

  test('fails where a user pool would get a second one', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { domain: { cognitoDomain: { domainPrefix: 'photos' } } });
    expect(problemsOf(() => newPhotos(stack, {
      identifier: 'albums', userPool: photos.userPool, domain: { cognitoDomain: { domainPrefix: 'album' } },
    }, 'Albums'))[0]).toContain('[DomainChoice] resource server "Stack/Albums" gives a domain to a user pool that has the domain "Stack/Photos/Domain"');
  });

  test.each([
    ['DomainReservedWord', 'my-aws-api'], ['DomainReservedWord', 'amazonas'], ['DomainReservedWord', 'incognito'],
    ['DomainPrefix', 'Album'], ['DomainPrefix', '-album'], ['DomainPrefix', 'album-'], ['DomainPrefix', 'al_bum'], ['DomainPrefix', 'x'.repeat(64)], ['DomainPrefix', ''],
  ])('fails with %s for the prefix %p', (code, domainPrefix) => {
    expect(codesOf(() => newPhotos(newStack(), { domain: { cognitoDomain: { domainPrefix } } }))).toEqual([code]);
  });

  test('fails with both a prefix and a custom name', () => {
    const stack = newStack();
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
    expect(codesOf(() => newPhotos(stack, {
      domain: { cognitoDomain: { domainPrefix: 'album' }, customDomain: { domainName: 'auth.example.com', certificate } },
    }))).toEqual(['DomainChoice']);
  });

  test('takes a prefix of 63 characters, and one that only deployment knows', () => {
    expect(() => newPhotos(newStack(), { domain: { cognitoDomain: { domainPrefix: 'x'.repeat(63) } } })).not.toThrow();
    expect(() => newPhotos(newStack(), { domain: { cognitoDomain: { domainPrefix: Lazy.string({ produce: () => 'late' }) } } })).not.toThrow();
  });
});

describe('URLs', () => {
  test('of tokens, sign-in and issuer follow the region and the user pool', () => {
    const stack = newStack({ env: ENV });
    const { photos } = newPhotos(stack, { domain: { cognitoDomain: { domainPrefix: 'album' } } });
    const [domain] = Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), DOMAIN));
    const url = (path: string) => ({ 'Fn::Join': ['', ['https://', { Ref: domain }, `.auth.eu-west-1.amazoncognito.com/oauth2/${path}`]] });
    expect(stack.resolve(photos.tokenUrl)).toEqual(url('token'));
    expect(stack.resolve(photos.authorizeUrl)).toEqual(url('authorize'));
    const [pool] = Object.keys(resourcesOf(Template.fromStack(stack).toJSON(), POOL));
    expect(stack.resolve(photos.issuerUrl)).toEqual({ 'Fn::Join': ['', ['https://cognito-idp.eu-west-1.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: pool }]] });
  });

  test('of an issuer in another region name that region, and define no domain', () => {
    const stack = newStack();
    const { photos } = newPhotos(stack, {
      userPool: UserPool.fromUserPoolArn(stack, 'Pool', 'arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc'),
    });
    expect(stack.resolve(photos.issuerUrl)).toEqual({ 'Fn::Join': ['', ['https://cognito-idp.us-west-2.', { Ref: 'AWS::URLSuffix' }, '/us-west-2_abc']] });
    Template.fromStack(stack).resourceCountIs(DOMAIN, 0);
  });

  test('define the domain when asked for', () => {
    const stack = newStack();
    expect(newPhotos(stack).photos.authorizeUrl).toMatch(/\/oauth2\/authorize$/);
    Template.fromStack(stack).resourceCountIs(DOMAIN, 1);
  });
});

describe('texts that are known late', () => {
  const late = (text: string) => Lazy.string({ produce: () => text });

  test('fail at the call as the name of a scope', () => {
    const { photos } = newPhotos(newStack());
    expect(problemsOf(() => photos.addScope(late('x'), 'View'))).toEqual([
      '[ScopeNameToken] scope name is known only later, got "<token>"; expected a literal text, by which clients, methods and people find the scope; write the name itself',
    ]);
    expect(codesOf(() => photos.addScope(new CfnParameter(photos, 'Name').valueAsString, 'View'))).toEqual(['ScopeNameToken']);
  });

  test.each([
    ['a b', 'IdentifierCharset'], ['', 'IdentifierEmpty'], ['a'.repeat(257), 'IdentifierLength'], ['aws.cognito.x', 'IdentifierReserved'],
    ['a'.repeat(252), 'FullScopeNameLength'],
  ])('fail synthesis as the identifier %p, with %s', (text, code) => {
    const stack = newStack();
    const { photos } = newPhotos(stack, { identifier: late(text) });
    expect([...new Set(codesOf(() => Template.fromStack(stack)))]).toEqual([code]);
    const other = newStack();
    ScopedResourceServer.fromAttributes(other, 'Elsewhere', { identifier: late(text), userPool: UserPool.fromUserPoolId(other, 'Pool', 'eu-west-1_a'), scopeNames: ['read', 'write'] });
    expect([...new Set(codesOf(() => Template.fromStack(other)))]).toEqual([code]);
    expect(photos.scopes).toHaveLength(2);
  });

  test('fail synthesis as the description of a scope', () => {
    const stack = newStack();
    newPhotos(stack).photos.addScope('x', late('x'.repeat(257)));
    expect(codesOf(() => Template.fromStack(stack))).toEqual(['ScopeDescriptionLength']);
  });

  test('are taken where they are right, or known only at deployment', () => {
    const stack = newStack();
    newPhotos(stack, { identifier: late('photos') }).photos.addScope('x', late('View'));
    newPhotos(stack, { identifier: new CfnParameter(stack, 'Id').valueAsString }, 'Others').photos.addScope('x', new CfnParameter(stack, 'Text').valueAsString);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});
