import type { Access } from './access';
import { ACCESS_MODEL_VERSION } from './access-model';
import { VERBS } from './route';
import { BOOLEAN, chosen, isObject, listOf, mapOf, objectOf, oneOf, STRING, type Members, type Shape } from './shape';
import { isUnknown } from './value';

/** A later release may add members: they are taken along unread. */
const entry = (required: Members, optional: Members = {}) => objectOf(required, optional, { open: true });

const UNKNOWN = entry({ unknown: STRING }, { expression: STRING });

/** A value, or why it cannot be known. */
function valueOf(known: Shape): Shape {
  return { expected: known.expected, faults: (value, place) => (isUnknown(value) ? UNKNOWN : known).faults(value, place) };
}

const TEXT = valueOf(STRING);
const FLAG = valueOf(BOOLEAN);
const TEXTS = listOf(TEXT);
const ORIGIN = oneOf('declared', 'external');

/** An entity with these members besides those of every entity. */
const entity = (required: Members, optional: Members = {}) => entry({ id: STRING, ...required }, { condition: UNKNOWN, ...optional });

const UNCHECKED = { uncheckedScopes: TEXTS };

const ACCESS: { readonly [kind in Access['kind']]: Shape } = {
  anyOf: entry({ authorizer: TEXT, scopes: listOf(TEXT, 1) }, UNCHECKED),
  idToken: entry({ authorizer: TEXT }, UNCHECKED),
  iam: entry({}, UNCHECKED),
  apiKey: entry({}, UNCHECKED),
  public: entry({}, { reason: STRING, ...UNCHECKED }),
  lambda: entry({ authorizer: TEXT }, UNCHECKED),
  unknown: entry({ unknown: STRING }, { expression: STRING, ...UNCHECKED }),
};
const ACCESS_KIND = entry({ kind: oneOf(...Object.keys(ACCESS)) });

function accessShape(value: unknown): Shape | undefined {
  if (!isObject(value)) return undefined;
  const { kind } = value;
  return typeof kind === 'string' && Object.hasOwn(ACCESS, kind) ? ACCESS[kind as Access['kind']] : ACCESS_KIND;
}

const SCOPE = entry({ name: TEXT }, {
  description: TEXT,
  deprecated: entry({ removeAfter: STRING, reason: STRING }, { replacedBy: TEXT }),
});

/** The entities of a model by the name of their list, as `AccessModel` has them. */
export const ENTITY_SHAPES = {
  userPools: entity({ origin: ORIGIN, issuer: valueOf(oneOf('original', 'updated')) }, {
    name: TEXT, plan: TEXT, tokenTrigger: valueOf(oneOf('V1_0', 'V2_0', 'V3_0')), triggerScopes: TEXTS,
  }),
  domains: entity({ userPool: TEXT, domain: TEXT, custom: FLAG }, { origin: oneOf('external') }),
  resourceServers: entity({ origin: ORIGIN, userPool: TEXT, identifier: TEXT, scopes: listOf(valueOf(SCOPE)) }, { name: TEXT }),
  clients: entity({
    origin: ORIGIN,
    userPool: TEXT,
    oauth: FLAG,
    flows: listOf(valueOf(oneOf('client_credentials', 'code', 'implicit'))),
    scopes: TEXTS,
    secret: FLAG,
  }, { clientId: TEXT, name: TEXT, authFlows: TEXTS }),
  apis: entity({
    origin: ORIGIN,
    kind: oneOf('rest'),
    resourcePolicy: BOOLEAN,
    stages: listOf(entry({ id: STRING, name: TEXT })),
    gatewayResponses: listOf(entry({ responseType: TEXT, parameters: mapOf(TEXT), templates: mapOf(TEXT) }, { statusCode: TEXT })),
  }, { name: TEXT, resourcePolicyDoubt: UNKNOWN, resourcePolicyDenies: oneOf(true), private: FLAG }),
  authorizers: entity({ api: STRING, kind: valueOf(oneOf('cognito', 'lambda')), userPools: TEXTS }, { name: TEXT, identitySource: TEXT, audience: TEXT }),
  methods: entity({
    api: STRING,
    verb: valueOf(oneOf(...VERBS)),
    path: TEXT,
    access: chosen('an object', accessShape),
    apiKeyRequired: FLAG,
  }, { integration: valueOf(oneOf('lambda', 'http', 'mock', 'aws')) }),
} satisfies Members;

/** The shape of a whole model. */
export const MODEL_SHAPE = entry({
  version: oneOf(ACCESS_MODEL_VERSION),
  ...Object.fromEntries(Object.entries(ENTITY_SHAPES).map(([list, shape]) => [list, listOf(shape)])),
}, {
  notRead: listOf(entry({ subject: STRING, reason: STRING })),
  parameterDefaults: listOf(entry({ subject: STRING, value: STRING })),
});
