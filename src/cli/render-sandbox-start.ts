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

/** One `curl` per client: a call that is allowed, or its token where none is. No line holds a secret. */
function tries(sandbox: Sandbox, program: string): string[] {
  const clients = sandbox.describe().userPools.flatMap((pool) => pool.clients);
  return clients.map(({ id, name }) => {
    // A name that several clients have says nothing.
    const named = clients.filter((each) => each.name === name).length === 1 ? name : id;
    const call = sandbox.firstCall(id);
    const token = `${program} token ${quoted(named)}${call?.use === 'id' ? ' --id' : ''} --url ${sandbox.url}`;
    if (call === undefined) return `${name}:\n  ${token}`;
    const verb = call.verb === 'GET' || call.verb === 'ANY' ? '' : `-X ${call.verb} `;
    return `${name}:\n  curl ${verb}-H "${call.header}: Bearer $(${token})" ${quoted(call.url)}`;
  });
}

/** A word of a shell. */
function quoted(word: string): string {
  return /^[\w.@+-]+$/.test(word) ? word : `'${word.replace(/'/g, '\'\\\'\'')}'`;
}
