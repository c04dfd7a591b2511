import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { SandboxServer } from '../../src/sandbox/sandbox-server';

const TEMPLATE = {
  Resources: {
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] } },
  },
};

function filesOf(users: string): { readonly path: string; readonly usersFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'users-'));
  const [path, usersFile] = [join(folder, 'template.json'), join(folder, 'users.yaml')];
  writeFileSync(path, JSON.stringify(TEMPLATE));
  writeFileSync(usersFile, users);
  return { path, usersFile };
}

const MISTAKEN = '- { username: ana, password: x }\n- { username: bob, password: { hunter2: 1 } }\n';

describe('a users file with a mistake', () => {
  let sandbox: Sandbox | undefined;
  let lines: string[];

  const start = async (users: string) => {
    lines = [];
    sandbox = await startSandbox({ ...filesOf(users), unlisted: true, report: (line) => lines.push(line) });
    return sandbox;
  };

  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });

  test('is told, without the password, and the other users are there', async () => {
    const { tokenFor } = await start(MISTAKEN);
    const told = lines.filter((line) => line.startsWith('[UsersFile]'));
    expect(told).toEqual([expect.stringContaining('[1].password of users file ')]);
    expect(told[0]).not.toContain('hunter2');
    expect(await tokenFor({ client: 'app', user: 'ana' })).toHaveProperty('accessToken');
    await expect(tokenFor({ client: 'app', user: 'bob' })).rejects.toThrow('[UserUnknown]');
  });

  test('is told where it is no list at all, and the sandbox serves', async () => {
    const { url } = await start('password: [hunter2\n- x');
    expect(lines).toContainEqual(expect.stringMatching(/^\[UsersFile\] .* is neither JSON nor YAML/));
    expect((await fetch(url)).status).toBe(200);
  });

  test('fails the start of SandboxServer, so that no test runs without its users', async () => {
    const { path, usersFile } = filesOf(MISTAKEN);
    await expect(SandboxServer.start(path, { usersFile })).rejects.toThrow('[UsersFile] [1].password');
  });
});
