import { createHash, createHmac, randomBytes } from 'node:crypto';
import { cognito } from './aws-api';
import type { Emulator } from './ministack';
import type { User } from './tokens';

/* The 3072-bit group of RFC 5054 with generator 2, as the SDKs of Cognito use it. */
const PRIME = BigInt(`0x${[
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
  'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
  'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
  '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
  'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
  '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
  'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
  'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
].join('')}`);
const GENERATOR = 2n;

interface Challenge {
  readonly ChallengeName: string;
  readonly Session?: string;
  readonly ChallengeParameters: Readonly<Record<'SALT' | 'SRP_B' | 'SECRET_BLOCK' | 'USER_ID_FOR_SRP', string>>;
}

/** Signs a user in as the SDKs do by default: the password never leaves this process. */
export async function signInBySrp(
  emulator: Emulator, client: { readonly UserPoolId: string; readonly ClientId: string; readonly ClientSecret?: string }, user: User,
): Promise<{ AccessToken: string; IdToken: string }> {
  const { ClientId, ClientSecret: secret } = client;
  const secretHash = (name: string) => secret
    ? { SECRET_HASH: createHmac('sha256', secret).update(`${name}${ClientId}`).digest('base64') }
    : {};
  const a = integer(randomBytes(128));
  const bigA = power(GENERATOR, a);
  const challenge = await cognito<Challenge>(emulator, 'InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId,
    AuthParameters: { USERNAME: user.name, SRP_A: bigA.toString(16), ...secretHash(user.name) },
  });
  const { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP: id } = challenge.ChallengeParameters;
  const pool = client.UserPoolId.split('_')[1];
  const key = sessionKey(a, bigA, BigInt(`0x${SRP_B}`), BigInt(`0x${SALT}`), `${pool}${id}:${user.password}`);
  const timestamp = new Date().toUTCString().replace(/^(\w+), 0?(\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 UTC $4');
  const proof = createHmac('sha256', key).update(pool + id).update(Buffer.from(SECRET_BLOCK, 'base64')).update(timestamp);
  const answer = await cognito<{ AuthenticationResult: { AccessToken: string; IdToken: string } }>(emulator, 'RespondToAuthChallenge', {
    ChallengeName: challenge.ChallengeName,
    ClientId,
    Session: challenge.Session,
    ChallengeResponses: {
      USERNAME: id,
      TIMESTAMP: timestamp,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: proof.digest('base64'),
      ...secretHash(id),
    },
  });
  return answer.AuthenticationResult;
}

function sessionKey(a: bigint, bigA: bigint, bigB: bigint, salt: bigint, identity: string): Buffer {
  const u = hash(padded(bigA), padded(bigB));
  const k = hash(padded(PRIME), padded(GENERATOR));
  const x = hash(padded(salt), createHash('sha256').update(identity).digest());
  const base = (bigB - k * power(GENERATOR, x)) % PRIME;
  const shared = power(base < 0n ? base + PRIME : base, a + u * x);
  const extracted = createHmac('sha256', padded(u)).update(padded(shared)).digest();
  return createHmac('sha256', extracted).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % PRIME, rest = exponent; rest > 0n; rest /= 2n, square = square * square % PRIME) {
    if (rest % 2n === 1n) result = result * square % PRIME;
  }
  return result;
}

function hash(...parts: Buffer[]): bigint {
  return integer(createHash('sha256').update(Buffer.concat(parts)).digest());
}

function integer(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** Big-endian bytes, with a zero byte before a set high bit. */
function padded(number: bigint): Buffer {
  const digits = number.toString(16);
  const even = digits.length % 2 ? `0${digits}` : digits;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}
