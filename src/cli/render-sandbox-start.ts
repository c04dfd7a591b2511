import type { NeededKey } from '../sandbox/first-call';
import type { Sandbox } from '../sandbox/sandbox';

/** What the command prints when the sandbox serves: its URLs, and one line to copy for each client. */
export function renderStart(sandbox: Sandbox, program: string): string {
  const { userPools, apis, cognitoIdpUrl } = sandbox.describe();
  return [
    `sandbox of ${sandbox.source}: ${sandbox.url}`,
    '',
    ...userPools.flatMap(({ name, id, issuer, domainUrl }) => [
      `user pool ${name} (${id})`,
      `  issuer     ${issuer}`,
      `  token URL  ${domainUrl === null ? 'none: the user pool has no domain' : `${domainUrl}/oauth2/token`}`,
    ]),
    ...apis.map(({ shownName, stage, url }) => `API ${shownName}, stage ${stage}\n  ${url}`),
    `API of Cognito, for the AWS CLI and SDKs\n  ${cognitoIdpUrl}`,
    '',
    ...tries(sandbox, program),
    '',
  ].join('\n');
}

/**
 * A few lines per client: the `curl` of a call that is allowed, or the command for its token where none certainly is. No line holds a secret of
 * a client, or an API key of the templates; one that was made for this run is there.
 */
function tries(sandbox: Sandbox, program: string): string[] {
  const clients = sandbox.describe().userPools.flatMap((pool) => pool.clients);
  return clients.map(({ id, name }) => {
    if (!sandbox.obtainsToken(id)) return `${name}: obtains no token, as it has no OAuth flow and no flow of SDK sign-in`;
    // A name that several clients have says nothing.
    const named = clients.filter((each) => each.name === name).length === 1 ? name : id;
    const call = sandbox.firstCall(id);
    const token = `${program} token ${quoted(named)}${call?.use === 'id' ? ' --id' : ''} --url ${sandbox.url}`;
    if (call === undefined) return `${name}, which no method certainly lets in; its token:\n  ${token}`;
    const verb = call.verb === 'GET' || call.verb === 'ANY' ? '' : `-X ${call.verb} `;
    const { lacks, header } = keyWords(call.apiKey);
    return `${name}${lacks}:\n  curl ${verb}${header}-H "${call.header}: Bearer $(${token})" ${quoted(call.url)}`;
  });
}

/** How a call carries its API key, and what the user has to add. */
function keyWords(key: NeededKey | undefined): { readonly lacks: string; readonly header: string } {
  if (key === undefined) return { lacks: '', header: '' };
  if (key.name === undefined) return { lacks: ', which needs an API key too, and the templates have none that opens the stage', header: '' };
  if (key.value !== undefined) return { lacks: '', header: `-H ${quoted(`x-api-key: ${key.value}`)} ` };
  return { lacks: `, with API_KEY set to the value of the API key ${key.name}`, header: '-H "x-api-key: $API_KEY" ' };
}

/** A word of a shell. */
function quoted(word: string): string {
  return /^[\w.@+-]+$/.test(word) ? word : `'${word.replace(/'/g, '\'\\\'\'')}'`;
}
