import { generateKeyPairSync, sign } from 'node:crypto';
import { EXPIRED, UNAUTHORIZED, type Attack, type Refusal } from './attack';
import { STAGE, type AttackedSandbox } from './attacked-sandbox';
import { encoded, forged, forgedByHmac, strangeKey } from './forge';

type Make = (on: AttackedSandbox) => string;

/** A token for `GET /photos`, which takes access tokens with `photos/read`. */
function token(name: string, make: Make, refusal: Refusal = UNAUTHORIZED, path = '/photos'): Attack {
  return { name, refusal, send: (on) => on.raw(`GET ${STAGE}${path}`, [`Authorization: Bearer ${make(on)}`]) };
}

const signature = (jwt: string): string => jwt.split('.')[2];
const parts = (jwt: string): string[] => jwt.split('.');

/** The valid token with parts of it replaced. */
const altered = (change: (header: string, payload: string, signature: string) => string): Make => (on) => {
  const [first, second, third] = parts(on.reader);
  return change(first, second, third);
};

const ALGORITHM_SPELLINGS = ['none', 'None', 'NONE', 'nOnE', ''];

/** Other algorithms than the one, of no key or of a key that is public. */
export const ALGORITHM_ATTACKS: readonly Attack[] = [
  ...ALGORITHM_SPELLINGS.flatMap((alg) => [
    token(`alg "${alg}" without a signature`, (on) => `${encoded({ ...on.header(), alg })}.${encoded(on.claims())}.`),
    token(`alg "${alg}" without a third part`, (on) => `${encoded({ ...on.header(), alg })}.${encoded(on.claims())}`),
    token(`alg "${alg}" with the signature of another token`, (on) => `${encoded({ ...on.header(), alg })}.${parts(on.reader)[1]}.${signature(on.reader)}`),
    token(`alg "${alg}" with a good RS256 signature`, (on) => on.signed({}, { alg })),
  ]),
  token('no alg', (on) => on.signed({}, { alg: undefined })),
  ...[['RS256'], { alg: 'RS256' }, 256, true, null].map((alg) => token(`alg ${JSON.stringify(alg)}`, (on) => on.signed({}, { alg }))),
  ...['rs256', 'Rs256', ' RS256', 'RS256 ', 'RS256\u0000', 'RS-256', 'SHA256withRSA', '__proto__', 'constructor'].map((alg) => token(`alg ${JSON.stringify(alg)}`, (on) => on.signed({}, { alg }))),
  token('HS256 with the public key as PEM', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), on.key('Users').publicKey.export({ type: 'spki', format: 'pem' }))),
  token('HS256 with the public key as PEM without its last line end', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), String(on.key('Users').publicKey.export({ type: 'spki', format: 'pem' })).trimEnd())),
  token('HS256 with the public key as PKCS #1', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), on.key('Users').publicKey.export({ type: 'pkcs1', format: 'pem' }))),
  token('HS256 with the public key as DER', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), on.key('Users').publicKey.export({ type: 'spki', format: 'der' }))),
  token('HS256 with the public key as JWK', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), JSON.stringify(on.key('Users').publicKey.export({ format: 'jwk' })))),
  token('HS256 with the modulus of the public key', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), Buffer.from(on.key('Users').publicKey.export({ format: 'jwk' }).n!, 'base64url'))),
  token('HS256 with an empty secret', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), '')),
  token('HS256 with the kid as the secret', (on) => forgedByHmac({ ...on.header(), alg: 'HS256' }, on.claims(), on.header().kid)),
  token('RS256 in the header, HMAC behind it', (on) => forgedByHmac(on.header(), on.claims(), on.key('Users').publicKey.export({ type: 'spki', format: 'pem' }))),
  ...[['RS384', 'RSA-SHA384'], ['RS512', 'RSA-SHA512']].map(([alg, digest]) => token(`${alg} with the key of the pool`, (on) => {
    const input = `${encoded({ ...on.header(), alg })}.${encoded(on.claims())}`;
    return `${input}.${sign(digest, Buffer.from(input), on.key('Users').privateKey).toString('base64url')}`;
  })),
  token('RS256 in the header, SHA-1 behind it', (on) => {
    const input = `${encoded(on.header())}.${encoded(on.claims())}`;
    return `${input}.${sign('RSA-SHA1', Buffer.from(input), on.key('Users').privateKey).toString('base64url')}`;
  }),
  token('ES256 with a key of its own', (on) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const input = `${encoded({ ...on.header(), alg: 'ES256' })}.${encoded(on.claims())}`;
    return `${input}.${sign('SHA256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }),
];

let strange: ReturnType<typeof strangeKey> | undefined;
/** One for all: making it takes long. */
const ownKey = () => strange ??= strangeKey('own');

/** Keys that are not the one of the pool. */
export const KEY_ATTACKS: readonly Attack[] = [
  token('a key of its own with the kid of the pool', (on) => forged(on.header(), on.claims(), ownKey())),
  token('a key of its own with a kid of its own', (on) => forged({ ...on.header(), kid: 'own' }, on.claims(), ownKey())),
  token('the key of another pool', (on) => forged({ ...on.header(), kid: on.key('Strangers').kid }, on.claims(), on.key('Strangers'))),
  token('the key of another pool with the kid of this one', (on) => forged(on.header(), on.claims(), on.key('Strangers'))),
  token('the key of this pool with the kid of another', (on) => on.signed({}, { kid: on.key('Strangers').kid })),
  token('the key of this pool and the issuer of another', (on) => on.signed({ iss: on.pool('Strangers').issuer })),
  token('a token of another pool', (on) => forged({ ...on.header(), kid: on.key('Strangers').kid }, on.claims({ iss: on.pool('Strangers').issuer }), on.key('Strangers'))),
  token('a token of a pool with the updated issuer', (on) => forged({ ...on.header(), kid: on.key('Modern').kid }, on.claims({ iss: on.pool('Modern').issuer }), on.key('Modern'))),
  token('a token of that pool with the original issuer', (on) => forged({ ...on.header(), kid: on.key('Modern').kid }, on.claims({ iss: `${on.url}/${on.pool('Modern').id}` }), on.key('Modern'))),
  token('the key of ID tokens for an access token', (on) => forged({ ...on.header(), kid: on.key('Users', 'id').kid }, on.claims(), on.key('Users', 'id'))),
  token('the key of ID tokens with the kid of access tokens', (on) => forged(on.header(), on.claims(), on.key('Users', 'id'))),
  token('the kid of ID tokens with the key of access tokens', (on) => on.signed({}, { kid: on.key('Users', 'id').kid })),
  token('no kid', (on) => on.signed({}, { kid: undefined })),
  ...['unknown', '', '*', '../../dev/null', '/dev/null', '\' OR 1=1 --', '__proto__', 'constructor', 'toString', 'undefined', '0'].map((kid) => token(`kid "${kid}"`, (on) => on.signed({}, { kid }))),
  ...[null, 0, true, {}, []].map((kid) => token(`kid ${JSON.stringify(kid)}`, (on) => on.signed({}, { kid }))),
  token('the kid in a list', (on) => on.signed({}, { kid: [on.header().kid] })),
  token('the kid in lower case', (on) => on.signed({}, { kid: on.header().kid.toLowerCase() })),
  token('the kid with a space', (on) => on.signed({}, { kid: `${on.header().kid} ` })),
  token('jwk: its own key in the header', (on) => forged({ ...on.header(), jwk: ownKey().publicKey.export({ format: 'jwk' }) }, on.claims(), ownKey())),
  token('jwk alone, without a kid', (on) => forged({ alg: 'RS256', jwk: ownKey().publicKey.export({ format: 'jwk' }) }, on.claims(), ownKey())),
  token('jku: keys elsewhere', (on) => forged({ ...on.header(), jku: 'https://keys.example.com/jwks.json' }, on.claims(), ownKey())),
  token('jku: the keys of another pool of the sandbox', (on) => forged({ ...on.header(), jku: `${on.pool('Strangers').issuer}/.well-known/jwks.json` }, on.claims(), on.key('Strangers'))),
  token('x5u: a certificate elsewhere', (on) => forged({ ...on.header(), x5u: 'https://keys.example.com/cert.pem' }, on.claims(), ownKey())),
  token('x5c: a certificate in the header', (on) => forged({ ...on.header(), x5c: [String(ownKey().publicKey.export({ type: 'spki', format: 'der' }).toString('base64'))] }, on.claims(), ownKey())),
  token('x5t: a thumbprint', (on) => forged({ ...on.header(), 'x5t': 'AAAA', 'x5t#S256': 'AAAA' }, on.claims(), ownKey())),
  ...[['b64'], ['exp'], ['unknown'], [], 'exp', null].map((crit) => token(`crit ${JSON.stringify(crit)}`, (on) => on.signed({}, { crit, b64: true, exp: 1, unknown: 1 }))),
  token('b64 false: a payload that is not encoded', (on) => {
    const input = `${encoded({ ...on.header(), b64: false, crit: ['b64'] })}.`;
    const payload = JSON.stringify(on.claims()).replaceAll('.', '\\u002e');
    return `${input}${payload}.${sign('RSA-SHA256', Buffer.from(input + payload), on.key('Users').privateKey).toString('base64url')}`;
  }),
  token('b64 false with an encoded payload', (on) => on.signed({}, { b64: false, crit: ['b64'] })),
];

const now = () => Math.floor(Date.now() / 1000);

/** Claims that the pool never says, well signed. */
export const CLAIM_ATTACKS: readonly Attack[] = [
  token('expired', (on) => on.signed({ exp: now() - 1 }), EXPIRED),
  token('expired at this second', (on) => on.signed({ exp: now() }), EXPIRED),
  token('expired in 1970', (on) => on.signed({ exp: 0 }), EXPIRED),
  token('no exp', (on) => on.signed({ exp: undefined })),
  ...['9999999999', '', 'never', null, true, [9_999_999_999], {}, -9_999_999_999, 1e300, 9_999_999_999.5].map((exp) => token(`exp ${JSON.stringify(exp)}`, (on) => on.signed({ exp }))),
  token('exp beyond all numbers', (on) => on.signedText(JSON.stringify(on.claims({ exp: 1 })).replace('"exp":1', '"exp":1e999'))),
  token('exp above the whole numbers that are exact', (on) => on.signedText(JSON.stringify(on.claims({ exp: 1 })).replace('"exp":1', '"exp":9007199254740993'))),
  token('not valid yet: nbf', (on) => on.signed({ nbf: now() + 60 })),
  ...['0', null, true, [0], -1, 0.5].map((nbf) => token(`nbf ${JSON.stringify(nbf)}`, (on) => on.signed({ nbf }))),
  token('issued in the future', (on) => on.signed({ iat: now() + 60 })),
  token('no iat', (on) => on.signed({ iat: undefined })),
  ...['0', null, true, [0], -1, 0.5].map((iat) => token(`iat ${JSON.stringify(iat)}`, (on) => on.signed({ iat }))),
  token('no iss', (on) => on.signed({ iss: undefined })),
  token('iss with a slash at the end', (on) => on.signed({ iss: `${on.pool('Users').issuer}/` })),
  token('iss of the same path at https', (on) => on.signed({ iss: on.pool('Users').issuer.replace('http:', 'https:') })),
  token('iss of the same path at localhost', (on) => on.signed({ iss: on.pool('Users').issuer.replace('127.0.0.1', 'localhost') })),
  token('iss of the same path at another port', (on) => on.signed({ iss: on.pool('Users').issuer.replace(/:\d+\//, ':1/') })),
  token('iss in upper case', (on) => on.signed({ iss: on.pool('Users').issuer.toUpperCase() })),
  token('iss that begins with the issuer', (on) => on.signed({ iss: `${on.pool('Users').issuer}x` })),
  token('iss in a list', (on) => on.signed({ iss: [on.pool('Users').issuer] })),
  token('iss of the pool at AWS', (on) => on.signed({ iss: `https://cognito-idp.us-east-1.amazonaws.com/${on.pool('Users').id}` })),
  token('iss in the updated form, of a pool that has the original one', (on) => on.signed({ iss: `${on.url}/updated/${on.pool('Users').id}` })),
  ...['id', 'ID', 'Access', 'ACCESS', 'refresh', '', null, ['access'], true].map((use) => token(`token_use ${JSON.stringify(use)}`, (on) => on.signed({ token_use: use }))),
  token('no token_use', (on) => on.signed({ token_use: undefined })),
  token('an ID token where access tokens are taken', (on) => on.user.id),
  token('an ID token with scopes where access tokens are taken', (on) => forged({ ...on.header(), kid: on.key('Users', 'id').kid }, on.claims({ token_use: 'id' }), on.key('Users', 'id'))),
  token('an access token where ID tokens are taken', (on) => on.user.access, UNAUTHORIZED, '/me'),
  token('an access token that says it is an ID token where those are taken', (on) => on.signed({ token_use: 'id' }), UNAUTHORIZED, '/me'),
  ...[null, [], [{}], 'text', '"text"', '1', 'true', '', '{', '{"a":', '{}', '{}}', '\ufeff{}', '\u0000'].map((payload) => token(`payload ${JSON.stringify(payload)}`, (on) => on.signedText(typeof payload === 'string' ? payload : JSON.stringify(payload)))),
  token('claims in a list', (on) => on.signedText([on.claims()])),
  token('claims in a text', (on) => on.signedText(JSON.stringify(JSON.stringify(on.claims())))),
  token('claims with something behind them', (on) => on.signedText(`${JSON.stringify(on.claims())}x`)),
  token('claims as a form', (on) => on.signedText(new URLSearchParams(Object.entries(on.claims())).toString())),
  token('claims nested deeply', (on) => on.signedText('['.repeat(9_000))),
  token('claims in __proto__', (on) => on.signedText(`{"__proto__":${JSON.stringify(on.claims())}}`)),
  token('scopes in __proto__', (on) => on.signedText(`{"__proto__":{"scope":"photos/read"},${JSON.stringify(on.claims({ scope: undefined })).slice(1)}`)),
  token('scopes twice, the good ones first', (on) => on.signedText(`{"scope":"photos/read",${JSON.stringify(on.claims({ scope: 'photos/write' })).slice(1)}`)),
  token('exp twice, the good one first', (on) => on.signedText(`{"exp":9999999999,${JSON.stringify(on.claims({ exp: 1 })).slice(1)}`), EXPIRED),
  token('iss twice, the good one first', (on) => on.signedText(`{"iss":"${on.pool('Users').issuer}",${JSON.stringify(on.claims({ iss: 'x' })).slice(1)}`)),
  token('alg twice, none at last', (on) => on.signedText(on.claims(), `{"alg":"RS256","kid":"${on.header().kid}","alg":"none"}`)),
  token('kid twice, an unknown one at last', (on) => on.signedText(on.claims(), `{"alg":"RS256","kid":"${on.header().kid}","kid":"unknown"}`)),
  ...['null', '[]', '"x"', '1', '', '{', '{}', '\ufeff{}'].map((header) => token(`header ${JSON.stringify(header)}`, (on) => on.signedText(on.claims(), header))),
  token('header in __proto__', (on) => on.signedText(on.claims(), `{"__proto__":${JSON.stringify(on.header())}}`)),
  token('header in a list', (on) => on.signedText(on.claims(), [on.header()])),
];

/** Other texts than the one that a token has. */
export const FORM_ATTACKS: readonly Attack[] = [
  token('other scopes under the same signature', altered((header, payload, mark) => `${header}.${encoded({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scope: 'photos/read photos/write' })}.${mark}`)),
  token('a signature of zeros', altered((header, payload) => `${header}.${payload}.${'A'.repeat(342)}`)),
  token('the signature of another token of the pool', (on) => on.reader.replace(/[^.]+$/, signature(on.user.access))),
  token('no header', altered((_, payload, mark) => `.${payload}.${mark}`)),
  token('no payload', altered((header, _, mark) => `${header}..${mark}`)),
  token('no signature', altered((header, payload) => `${header}.${payload}.`)),
  token('two parts', altered((header, payload) => `${header}.${payload}`)),
  token('four parts', (on) => `${on.reader}.x`),
  token('five parts, as of an encrypted token', (on) => `${on.reader}.x.x`),
  token('an empty part at the end', (on) => `${on.reader}.`),
  token('dots only', () => '..'),
  ...[1, 2, 3, 4, 171].map((count) => token(`${count} characters missing at the end`, (on) => on.reader.slice(0, -count))),
  token('a character missing at the beginning', (on) => on.reader.slice(1)),
  token('bytes behind the signature', (on) => `${on.reader}AAAA`),
  token('padding behind the signature', (on) => `${on.reader}==`),
  token('padding behind the header', altered((header, payload, mark) => `${header}==.${payload}.${mark}`)),
  token('standard base64', (on) => {
    let jwt = on.signed({});
    while (!/[-_]/.test(signature(jwt))) jwt = on.signed({ jti: `${Math.random()}` });
    return jwt.replaceAll('-', '+').replaceAll('_', '/');
  }),
  token('a signature that ends in bits of no byte', altered((header, payload, mark) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = [...alphabet].find((each) => each !== mark.at(-1) && Buffer.from(mark.slice(0, -1) + each, 'base64url').equals(Buffer.from(mark, 'base64url')))!;
    return `${header}.${payload}.${mark.slice(0, -1)}${twin}`;
  })),
  token('the JSON serialisation', altered((header, payload, mark) => JSON.stringify({ payload, signatures: [{ protected: header, signature: mark }] }))),
  token('percent-encoded', (on) => on.reader.replaceAll('.', '%2E')),
  token('encoded once more', (on) => Buffer.from(on.reader).toString('base64url')),
  token('in quotes', (on) => `"${on.reader}"`),
  token('in lower case', (on) => on.reader.toLowerCase()),
  token('reversed', (on) => [...on.reader].reverse().join('')),
  token('a space within', (on) => `${on.reader.slice(0, 40)} ${on.reader.slice(40)}`),
  token('a tab within', (on) => `${on.reader.slice(0, 40)}\t${on.reader.slice(40)}`),
  token('a character beyond ASCII behind it', (on) => `${on.reader}\u00e9`),
  token('the same token twice', (on) => `${on.reader}.${on.reader}`),
  token('a long text', () => 'x'.repeat(18_000)),
  token('18,000 dots', () => '.'.repeat(18_000)),
  ...['null', 'undefined', 'true', '0', '{}', '[object Object]', 'Bearer', '__proto__', 'constructor'].map((text) => token(`the word ${text}`, () => text)),
];
