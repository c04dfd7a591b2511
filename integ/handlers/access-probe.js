// The Node.js runtimes of Lambda bring this client along.
const { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } = require('@aws-sdk/client-cognito-identity-provider');

const PATIENCE_MS = 60_000;
const PAUSE_MS = 2_000;

const cognito = new CognitoIdentityProviderClient({});

/**
 * Obtains a token for each machine client and calls each route with it.
 *
 * Answers the scopes in the token and the status of each call. Secrets and tokens are neither answered nor logged.
 */
exports.handler = async () => {
  const { clients, routes, open } = JSON.parse(process.env.PROBE);
  await serving(open);
  const answer = {};
  for (const [name, client] of Object.entries(clients)) {
    const token = await tokenOf(client);
    answer[name] = { scopes: scopesIn(token) };
    for (const [route, { verb, url }] of Object.entries(routes)) {
      const response = await fetch(url, { method: verb, headers: { Authorization: `Bearer ${token}` } });
      answer[name][route] = response.status;
    }
  }
  return answer;
};

/** A stage may need a moment after its deployment. */
async function serving(url) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await fetch(url);
    if (status === 200) return;
    if (Date.now() > end) throw new Error(`the open route still answers ${status}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function tokenOf({ userPoolId, clientId, tokenUrl }) {
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId }));
  const credentials = Buffer.from(`${clientId}:${UserPoolClient.ClientSecret}`).toString('base64');
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`the token endpoint answers ${response.status}`);
  return (await response.json()).access_token;
}

function scopesIn(token) {
  const { scope } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  return scope.split(' ').sort();
}
