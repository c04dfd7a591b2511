import * as fc from 'fast-check';
import { arbitraryModel } from './arbitrary-model';
import { client, modelOf, server, userPool } from './entities';
import type { AccessModel, Client } from '../../src/model/access-model';
import { obtainableTokens, type ObtainableToken } from '../../src/model/tokens';
import { isKnown, showValue } from '../../src/model/value';

const WHY = { unknown: 'parameter of stack App' };
const MODEL = modelOf({ userPools: [userPool()], resourceServers: [server()] });

/** Tokens in one line each: `access client_credentials: photos/read`, with `?` where it is not certain. */
function tokensOf(members: Partial<Client>, model: AccessModel = MODEL): string[] {
  return obtainableTokens(model, client(members)).map(show);
}

function show({ use, source, scopes, condition }: ObtainableToken): string {
  return `${use} ${source}${condition ? '?' : ''}: ${scopes.map(showValue).join(' ')}`.trimEnd();
}

const MACHINE: Partial<Client> = { flows: ['client_credentials'], scopes: ['photos/read', 'photos/write'] };
const WEB: Partial<Client> = { flows: ['code'], scopes: ['openid', 'photos/read'], secret: false };

describe('a machine client', () => {
  test('obtains an access token with its custom scopes, and no ID token', () => {
    expect(tokensOf(MACHINE)).toEqual(['access client_credentials: photos/read photos/write']);
  });

  test('obtains no standard scope', () => {
    expect(tokensOf({ ...MACHINE, scopes: ['openid', 'photos/read', 'aws.cognito.signin.user.admin'] })).toEqual(['access client_credentials: photos/read']);
  });

  test('obtains no scope that its server no longer declares', () => {
    expect(tokensOf({ ...MACHINE, scopes: ['photos/read', 'photos/retired'] })).toEqual(['access client_credentials: photos/read']);
  });

  test('keeps a scope of a server outside the model', () => {
    expect(tokensOf({ ...MACHINE, scopes: ['orders/read'] })).toEqual(['access client_credentials: orders/read']);
  });

  test('obtains nothing without a secret', () => {
    expect(tokensOf({ ...MACHINE, secret: false })).toEqual([]);
    expect(tokensOf({ ...MACHINE, secret: WHY })).toEqual(['access client_credentials?: photos/read photos/write']);
  });

  test('obtains nothing while its OAuth switch is off', () => {
    expect(tokensOf({ ...MACHINE, oauth: false })).toEqual([]);
    expect(tokensOf({ ...MACHINE, oauth: WHY })).toEqual(['access client_credentials?: photos/read photos/write']);
  });
});

describe('a client of GetClientToken', () => {
  const CLIENT_TOKEN: Partial<Client> = { oauth: false, scopes: ['photos/read', 'openid'], authFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] };

  test('obtains an access token with its custom scopes', () => {
    expect(tokensOf({ ...CLIENT_TOKEN, oauth: true })).toEqual(['access clientToken: photos/read']);
  });

  test('may obtain it without the OAuth switch', () => {
    expect(tokensOf(CLIENT_TOKEN)).toEqual(['access clientToken?: photos/read']);
    expect(tokensOf({ ...CLIENT_TOKEN, oauth: WHY })).toEqual(['access clientToken?: photos/read']);
  });

  test('obtains nothing without a secret', () => {
    expect(tokensOf({ ...CLIENT_TOKEN, secret: false })).toEqual([]);
  });

  test('may use the client credentials grant as well', () => {
    expect(tokensOf({ ...CLIENT_TOKEN, oauth: true, flows: ['client_credentials'] }))
      .toEqual(['access client_credentials: photos/read', 'access clientToken: photos/read']);
  });
});

describe.each(['code', 'implicit'] as const)('a client of the %s grant', (flow) => {
  const client_ = { ...WEB, flows: [flow] };

  test('obtains an access token with its scopes, and an ID token with openid', () => {
    expect(tokensOf(client_)).toEqual([`access ${flow}: openid photos/read`, `id ${flow}:`]);
  });

  test('obtains no ID token without openid', () => {
    expect(tokensOf({ ...client_, scopes: ['photos/read', 'email'] })).toEqual([`access ${flow}: photos/read`]);
  });

  test('obtains email, phone and profile only together with openid', () => {
    expect(tokensOf({ ...client_, scopes: ['email', 'openid'] })).toEqual([`access ${flow}: email openid`, `id ${flow}:`]);
    expect(tokensOf({ ...client_, scopes: ['email', 'phone', 'profile'] })).toEqual([`access ${flow}:`]);
    expect(tokensOf({ ...client_, scopes: ['email', { ...WHY, expression: '${App/Id}/read' }] })).toEqual([`access ${flow}: <\${App/Id}/read>`]);
    expect(tokensOf({ ...client_, scopes: ['email', WHY] }))
      .toEqual([`access ${flow}: <parameter of stack App>`, `access ${flow}?: <parameter of stack App> email`, `id ${flow}?:`]);
  });

  test('obtains no scope that its server no longer declares', () => {
    expect(tokensOf({ ...client_, scopes: ['photos/retired'] })).toEqual([`access ${flow}:`]);
  });

  test('obtains nothing while its OAuth switch is off', () => {
    expect(tokensOf({ ...client_, oauth: false })).toEqual([]);
  });

  test('may obtain an ID token where a scope may be openid', () => {
    expect(tokensOf({ ...client_, scopes: [WHY] })).toEqual([`access ${flow}: <${WHY.unknown}>`, `id ${flow}?:`]);
    expect(tokensOf({ ...client_, scopes: [{ ...WHY, expression: 'photos/${App/Name}' }] })).toEqual([
      `access ${flow}:`, `access ${flow}?: <photos/\${App/Name}>`,
    ]);
  });
});

describe('a client of several grants', () => {
  test('obtains the tokens of each', () => {
    expect(tokensOf({ ...WEB, flows: ['code', 'implicit'] })).toEqual([
      'access code: openid photos/read', 'id code:', 'access implicit: openid photos/read', 'id implicit:',
    ]);
  });

  test('whose flows are not known may obtain the tokens of any', () => {
    expect(tokensOf({ ...WEB, flows: [WHY], secret: true })).toEqual([
      'access client_credentials?: photos/read', 'access code?: openid photos/read', 'id code?:', 'access implicit?: openid photos/read', 'id implicit?:',
    ]);
  });
});

describe('SDK sign-in', () => {
  const TOKENS = ['access sdkSignIn: aws.cognito.signin.user.admin', 'id sdkSignIn:'];

  test.each([
    'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH',
    'USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY',
  ])('by %s gives an ID token, and an access token with the scope of the user pool only', (flow) => {
    expect(tokensOf({ authFlows: [flow], oauth: false, scopes: ['photos/read', 'openid'] })).toEqual(TOKENS);
  });

  test('is what Cognito allows where a client lists no flows', () => {
    expect(tokensOf({ authFlows: undefined })).toEqual(TOKENS);
    expect(tokensOf({ authFlows: [] })).toEqual(TOKENS);
  });

  test('is not refreshing alone, nor what does not exist', () => {
    expect(tokensOf({ authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] })).toEqual([]);
    expect(tokensOf({ authFlows: ['constructor'] })).toEqual([]);
  });

  test('may be allowed where a flow is not known', () => {
    expect(tokensOf({ authFlows: [WHY] })).toEqual(['access sdkSignIn?: aws.cognito.signin.user.admin', 'id sdkSignIn?:', 'access clientToken?:']);
    expect(tokensOf({ authFlows: [WHY, 'ALLOW_USER_AUTH'], secret: false })).toEqual(TOKENS);
  });
});

describe('a pre token generation trigger', () => {
  const withTrigger = (tokenTrigger: 'V1_0' | 'V2_0' | 'V3_0' | typeof WHY) => ({ ...MODEL, userPools: [userPool({ tokenTrigger })] });
  const ADDED = '<the pre token generation trigger (VERSION) of user pool Pool can add scopes>';
  const both = { ...MACHINE, flows: ['client_credentials', 'code'] as const, scopes: ['photos/read'], authFlows: ['ALLOW_USER_AUTH'] };

  test.each([
    ['V1_0', '', ''],
    ['V2_0', '', ` ${ADDED.replace('VERSION', 'V2_0')}`],
    ['V3_0', ` ${ADDED.replace('VERSION', 'V3_0')}`, ` ${ADDED.replace('VERSION', 'V3_0')}`],
  ] as const)('%s may add scopes from its version on', (version, machine, user) => {
    expect(tokensOf(both, withTrigger(version))).toEqual([
      `access client_credentials: photos/read${machine}`,
      `access code: photos/read${user}`,
      `access sdkSignIn: aws.cognito.signin.user.admin${user}`,
      'id sdkSignIn:',
    ]);
  });

  test('that is declared adds these scopes and no others, marked where the client does not have them', () => {
    const declared = (tokenTrigger: 'V1_0' | 'V2_0' | 'V3_0', triggerScopes = ['photos/write', 'photos/read']) =>
      ({ ...MODEL, userPools: [userPool({ tokenTrigger, triggerScopes })] });
    const tokens = (model: AccessModel) => obtainableTokens(model, client({ ...both }))
      .map(({ use, source, scopes, byTrigger }) => ({ use, source, scopes, byTrigger }));
    const machine = { use: 'access', source: 'client_credentials', scopes: ['photos/read'], byTrigger: undefined };
    const code = { use: 'access', source: 'code', scopes: ['photos/read', 'photos/write'], byTrigger: ['photos/write'] };
    const sdk = {
      use: 'access', source: 'sdkSignIn', scopes: ['aws.cognito.signin.user.admin', 'photos/write', 'photos/read'], byTrigger: ['photos/write', 'photos/read'],
    };
    expect(tokens(declared('V2_0')).slice(0, 3)).toEqual([machine, code, sdk]);
    expect(tokens(declared('V3_0')).slice(0, 3)).toEqual([{ ...machine, scopes: code.scopes, byTrigger: code.byTrigger }, code, sdk]);
    expect(tokens(declared('V1_0')).every(({ byTrigger }) => byTrigger === undefined)).toBe(true);
    expect(tokens(declared('V2_0', ['photos/read']))[1]).toEqual({ ...code, scopes: ['photos/read'], byTrigger: undefined });
  });

  test('of unknown version may add any scope, whatever is declared', () => {
    const model = { ...MODEL, userPools: [userPool({ tokenTrigger: WHY, triggerScopes: ['photos/write'] })] };
    expect(tokensOf(MACHINE, model)[0]).toContain('a pre token generation trigger of user pool Pool can add scopes');
  });

  test('acts on tokens of GetClientToken as on those of the client credentials grant', () => {
    const members: Partial<Client> = { ...MACHINE, flows: [], authFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] };
    expect(tokensOf(members, withTrigger('V2_0'))).toEqual(['access clientToken: photos/read photos/write']);
    expect(tokensOf(members, withTrigger('V3_0'))).toEqual([`access clientToken: photos/read photos/write ${ADDED.replace('VERSION', 'V3_0')}`]);
  });

  test('of unknown version may add scopes', () => {
    expect(tokensOf(MACHINE, withTrigger(WHY))[0]).toContain('a pre token generation trigger of user pool Pool can add scopes');
  });
});

describe('what cannot be known', () => {
  test('leaves two tokens where a scope may or may not be active: without it, and perhaps with it', () => {
    const model = modelOf({ resourceServers: [server({ scopes: [WHY] })] });
    expect(tokensOf({ ...MACHINE, scopes: ['photos/read', 'orders/read'] }, model)).toEqual([
      'access client_credentials: orders/read', 'access client_credentials?: orders/read photos/read',
    ]);
  });

  test('does the same for a scope of which only the expression is known', () => {
    const model = modelOf({ resourceServers: [server({ condition: WHY })] });
    expect(tokensOf({ ...MACHINE, scopes: [{ ...WHY, expression: '${App/Id}/read' }] }, model)).toEqual([
      'access client_credentials:', 'access client_credentials?: <${App/Id}/read>',
    ]);
  });

  test('keeps an unknown scope in the token', () => {
    expect(tokensOf({ ...MACHINE, scopes: [WHY] })).toEqual([`access client_credentials: <${WHY.unknown}>`]);
  });

  test('makes every token of a conditional client conditional', () => {
    expect(tokensOf({ ...WEB, condition: WHY })).toEqual(['access code?: openid photos/read', 'id code?:']);
  });
});

describe('property:', () => {
  const modelAndTokens = arbitraryModel()
    .map((model) => ({ clients: model.clients.map((each) => ({ each, tokens: obtainableTokens(model, each) })) }));

  test('every token is signed by the pool of the client, and ID tokens carry no scopes', () => {
    fc.assert(fc.property(modelAndTokens, ({ clients }) => {
      for (const { each, tokens } of clients) {
        expect(tokens.filter(({ userPool: pool }) => pool !== each.userPool)).toEqual([]);
        expect(tokens.filter(({ use, scopes }) => use === 'id' && scopes.length > 0)).toEqual([]);
      }
    }), { numRuns: 500 });
  });

  test('no token carries a known scope that its client does not list, but for SDK sign-in and by a declared trigger', () => {
    fc.assert(fc.property(modelAndTokens, ({ clients }) => {
      for (const { each, tokens } of clients) {
        const foreign = tokens.filter(({ source }) => source !== 'sdkSignIn')
          .flatMap(({ scopes, byTrigger = [] }) => scopes.filter(isKnown).filter((scope) => !byTrigger.includes(scope)))
          .filter((scope) => !each.scopes.includes(scope));
        expect(foreign).toEqual([]);
      }
    }), { numRuns: 500 });
  });

  test('a client with the OAuth switch off obtains no token of a grant', () => {
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const sources = model.clients.flatMap((each) => obtainableTokens(model, { ...each, oauth: false })).map(({ source }) => source);
      expect(sources.filter((source) => source !== 'sdkSignIn' && source !== 'clientToken')).toEqual([]);
    }));
  });
});

describe('an audience of the caller\'s choice', () => {
  const audiences = (members: Partial<Client>, plan?: string) => obtainableTokens(
    modelOf({ userPools: [userPool(plan === undefined ? {} : { plan })], resourceServers: [server()] }), client(members),
  ).map(({ use, source, audience }) => `${use} ${source}: ${audience?.unknown ?? 'none'}`);
  const WHOSE = 'the request for the token can name a resource, which becomes its audience';

  test.each(['code', 'implicit'] as const)('is in access tokens of the %s grant', (flow) => {
    expect(audiences({ ...WEB, flows: [flow] })).toEqual([`access ${flow}: ${WHOSE}`, `id ${flow}: none`]);
  });

  test('is in no token of a machine or of SDK sign-in', () => {
    expect(audiences({ ...MACHINE, authFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_CLIENT_TOKEN_AUTH'] })).toEqual([
      'access client_credentials: none', 'access sdkSignIn: none', 'id sdkSignIn: none', 'access clientToken: none',
    ]);
  });

  test('is in no token of a user pool with the plan Lite', () => {
    expect(audiences(WEB, 'LITE')).toEqual(['access code: none', 'id code: none']);
    expect(audiences(WEB, 'PLUS')[0]).toBe(`access code: ${WHOSE}`);
    expect(audiences({ ...WEB, userPool: WHY }, 'LITE')[0]).toBe(`access code: ${WHOSE}`);
  });
});
