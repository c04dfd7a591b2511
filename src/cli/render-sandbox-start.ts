import { buildMatrix } from '../analysis/matrix';
import type { MatrixAllowed, MatrixMethod } from '../analysis/matrix-data';
import type { Sandbox } from '../sandbox/sandbox';

/** What the command prints when the sandbox serves: its URLs, and one line to copy for each client. */
export function renderStart(sandbox: Sandbox, path: string, program: string): string {
  const { userPools, apis, cognitoIdpUrl } = sandbox.describe();
  return [
    `sandbox of ${path}: ${sandbox.url}`,
    '',
    ...userPools.flatMap(({ name, id, issuer, domainUrl }) => [
      `user pool ${name} (${id})`,
      `  issuer     ${issuer}`,
      `  token URL  ${domainUrl === null ? 'none: the user pool has no domain' : `${domainUrl}/oauth2/token`}`,
    ]),
    ...apis.map(({ name, stage, url }) => `API ${name}, stage ${stage}\n  ${url}`),
    `API of Cognito, for the AWS CLI and SDKs\n  ${cognitoIdpUrl}`,
    '',
    ...tries(sandbox, program),
    '',
  ].join('\n');
}

/** One `curl` per client: a call that is allowed, or its token where none is. No line holds a secret. */
function tries(sandbox: Sandbox, program: string): string[] {
  const { methods, allowed, principals } = buildMatrix(sandbox.accessModel());
  const byId = new Map(methods.map((method) => [method.id, method]));
  return principals.filter(({ kind }) => kind === 'client').map(({ id, name }) => {
    const entry = bestOf(allowed.filter(({ principal }) => principal === id), byId);
    const token = `${program} token ${quoted(name)}${entry?.token === 'id' ? ' --id' : ''} --url ${sandbox.url}`;
    const method = entry && byId.get(entry.method);
    const api = method && sandbox.apiUrl(method.apiId);
    if (method === undefined || api === undefined) return `${name}:\n  ${token}`;
    const verb = method.verb === 'GET' || method.verb === 'ANY' ? '' : `-X ${method.verb} `;
    return `${name}:\n  curl ${verb}-H "Authorization: Bearer $(${token})" '${api}${method.path.replace(/\{\w+\+?\}/g, '1')}'`;
  });
}

/** A call that reads is the best to try. */
function bestOf(allowed: readonly MatrixAllowed[], methods: ReadonlyMap<string, MatrixMethod>): MatrixAllowed | undefined {
  const withToken = allowed.filter(({ token }) => token !== 'none');
  return withToken.find(({ method }) => methods.get(method)?.verb === 'GET') ?? withToken[0];
}

function quoted(name: string): string {
  return /^[\w.@+-]+$/.test(name) ? name : `'${name.replace(/'/g, '\'\\\'\'')}'`;
}
