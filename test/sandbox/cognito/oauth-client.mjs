// A standard OAuth client against the issuer that the arguments name. Writes what it found as JSON.
import * as oauth from 'oauth4webapi';

const { issuer, clients, redirectUri, user } = JSON.parse(process.argv[2]);
const insecure = { [oauth.allowInsecureRequests]: true };

const as = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { ...insecure, algorithm: 'oidc' }));

const results = { issuer: as.issuer };

results.clientCredentials = {};
for (const [name, authentication] of Object.entries({ basic: oauth.ClientSecretBasic, post: oauth.ClientSecretPost })) {
  const machine = { client_id: clients.machine.id };
  const answer = await oauth.clientCredentialsGrantRequest(as, machine, authentication(clients.machine.secret), { scope: 'photos/read' }, insecure);
  const { token_type: type, expires_in: expiresIn } = await oauth.processClientCredentialsResponse(as, machine, answer);
  results.clientCredentials[name] = { type, expiresIn };
}

results.code = {};
for (const name of ['spa', 'web']) {
  const client = { client_id: clients[name].id };
  const authentication = clients[name].secret === undefined ? oauth.None() : oauth.ClientSecretBasic(clients[name].secret);
  results.code[name] = await codeFlow(client, authentication);
}

results.refused = await oauth.processClientCredentialsResponse(as, { client_id: clients.machine.id }, await oauth.clientCredentialsGrantRequest(
  as, { client_id: clients.machine.id }, oauth.ClientSecretBasic('wrong'), {}, insecure,
)).catch((error) => ({ name: error.name, status: error.status, error: error.error }));

process.stdout.write(JSON.stringify(results));

async function codeFlow(client, authentication) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({
    response_type: 'code', client_id: client.client_id, redirect_uri: redirectUri, scope: 'openid email photos/read', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const parameters = oauth.validateAuthResponse(as, client, await signIn(url), state);
  const answer = await oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, redirectUri, verifier, insecure);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, answer, insecure);
  const { sub, email } = oauth.getValidatedIdTokenClaims(tokens);

  const info = await oauth.processUserInfoResponse(as, client, sub, await oauth.userInfoRequest(as, client, tokens.access_token, insecure));
  const refreshed = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, insecure));
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, tokens.refresh_token, insecure));
  const revoked = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, insecure))
    .catch((error) => error.error);
  return { email, info: info.email, refreshed: refreshed.access_token !== tokens.access_token, revoked };
}

/** What a browser does: follows to the page, sends its form, and is led back. */
async function signIn(url) {
  const redirect = await fetch(url, { redirect: 'manual' });
  const login = new URL(redirect.headers.get('location'), url);
  const page = await fetch(login);
  const [cookie] = page.headers.getSetCookie()[0].split(';');
  const text = await page.text();
  const answer = await fetch(login, {
    method: 'POST', redirect: 'manual', headers: { cookie },
    body: new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(text)[1], username: user.name, password: user.password, action: 'signIn' }),
  });
  return new URL(answer.headers.get('location'));
}
