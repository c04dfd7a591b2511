import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCognito, photosModel, photosRuntime } from './entities';
import { formatProblem } from '../../../src/model/problem';
import { readUsersFile } from '../../../src/sandbox/cognito/users-file';
import { userPool } from '../../model/entities';

const one = testCognito();
const two = testCognito(photosModel({ userPools: [userPool({ name: 'Staff' }), userPool({ id: 'us-east-1_Other', origin: 'external', name: 'Guests' })] }));

function messages(text: string, on = one): string[] {
  return readUsersFile(text, 'users.yaml', on.cognito.pools.values()).problems.map(formatProblem);
}

describe('a users file', () => {
  test('is a list of users in YAML or JSON', () => {
    const users = [{ pool: one.pool, user: { username: 'ana', password: 'p w', groups: ['staff'], attributes: { 'email': 'ana@example.com', 'email_verified': 'true', 'custom:plan': '7' } } }];
    const yaml = '- username: ana\n  password: p w\n  email: ana@example.com\n  groups: [staff]\n  attributes: { "custom:plan": "7" }\n';
    const json = JSON.stringify([{ username: 'ana', password: 'p w', email: 'ana@example.com', groups: ['staff'], attributes: { 'custom:plan': '7' } }]);
    expect(readUsersFile(yaml, 'users.yaml', one.cognito.pools.values())).toEqual({ users, problems: [] });
    expect(readUsersFile(json, 'users.json', one.cognito.pools.values())).toEqual({ users, problems: [] });
    expect(readUsersFile('[]', 'users.json', one.cognito.pools.values())).toEqual({ users: [], problems: [] });
  });

  test.each(['Guests', 'us-east-1_Other'])('names a user pool by %s', (name) => {
    expect(readUsersFile(`[{ username: bob, password: x, userPool: ${name} }]`, 'u', two.cognito.pools.values()))
      .toMatchObject({ users: [{ pool: { poolId: 'us-east-1_Other' } }] });
  });

  test.each([
    ['{ username: ana }', '[UsersFile] the content of users file users.yaml has the wrong type, got <an object>; expected a list; correct the file'],
    ['- username: ana', '[UsersFile] [0] of users file users.yaml has no "password"; expected a string; correct the file'],
    ['- { username: ana, password: 12345 }', '[UsersFile] [0].password of users file users.yaml has the wrong type, got <a number>; expected a string; correct the file'],
    ['- { username: ana, password: "" }', '[UsersFile] [0] of users file users.yaml has an empty username or password; expected texts with a character or more; write both'],
    ['- { username: ana, password: x, role: admin }', '[UsersFile] [0] of users file users.yaml has an unknown member; expected one of "username", "password", "userPool", "email", "groups", "attributes"; correct the file'],
  ])('fails for %s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test('gives the users without a mistake beside what is wrong with the others', () => {
    const text = '- { username: ana, password: x }\n- { username: bob }\n- { username: "", password: x }\n- 7\n- { username: eve, password: y }\n';
    const { users, problems } = readUsersFile(text, 'users.yaml', one.cognito.pools.values());
    expect(users.map(({ user }) => user.username)).toEqual(['ana', 'eve']);
    expect(problems.map(({ subject }) => subject)).toEqual([1, 2, 3].map((position) => `[${position}] of users file users.yaml`));
  });

  test.each(['sub', 'cognito:groups', 'amr', 'custom:', 'hunter2'])('takes no attribute that users cannot have: %s', (name) => {
    expect(messages(`- { username: ana, password: x, attributes: { "${name}": x } }`)).toEqual([
      '[UsersFile] user "ana" ([0]) of users file users.yaml has an attribute that users cannot have; expected standard attributes other than sub, and custom: with a name; correct its name',
    ]);
  });

  test('gives the first of two users of one name', () => {
    const text = '- { username: ana, password: first }\n- { username: ana, password: second }\n- { username: Ana, password: third }\n';
    const { users } = readUsersFile(text, 'users.yaml', one.cognito.pools.values());
    expect(users.map(({ user }) => [user.username, user.password])).toEqual([['ana', 'first'], ['Ana', 'third']]);
    expect(messages(text)).toEqual([
      '[UsersFile] user "ana" ([1]) of users file users.yaml has a name by which another user of the file signs in; expected one that no other has as user name; change it, or remove one of the two',
    ]);
  });

  test('has users of one name in two user pools', () => {
    expect(messages('- { username: ana, password: x, userPool: Staff }\n- { username: ana, password: x, userPool: Guests }\n', two)).toEqual([]);
  });

  test.each([
    ['- { username: ana@example.com, password: x }\n- { username: bob, email: ana@example.com, password: x }'],
    ['- { username: bob, email: ana@example.com, password: x }\n- { username: ana@example.com, password: x }'],
    ['- { username: bob, email: ana@example.com, password: x }\n- { username: eve, attributes: { email: ana@example.com }, password: x }'],
  ])('gives the first of two users of one address where users sign in with it: %s', (text) => {
    const byMail = testCognito(photosModel(), { ...photosRuntime(), userPools: [{ id: 'Pool', usernameAttributes: ['email'] }] });
    expect(messages(text, byMail)).toEqual([expect.stringMatching(/^\[UsersFile\] user "[a-z@.]+" \(\[1\]\) .* expected one that no other has as user name or email;/)]);
    expect(messages(text)).toEqual([]);
  });

  test('has messages of one line whatever a user is called', () => {
    const [message] = messages(`- { username: "a\\n${'b'.repeat(2000)}", password: x, attributes: { sub: x } }`);
    expect(message).toContain('user "a\\nbbb');
    expect(message.length).toBeLessThan(400);
    expect(message).not.toContain('\n');
  });

  test('fails where it is not clear which user pool is meant', () => {
    expect(messages('- { username: ana, password: x }', two)).toEqual([expect.stringContaining('names no user pool, and there is not exactly one; expected ')]);
    expect(messages('- { username: ana, password: x, userPool: Stuff }', two)).toEqual([expect.stringContaining('names a user pool that does not run, got "Stuff"; expected "Staff"')]);
  });

  test('as docs/sandbox.md shows it is one for templates with several user pools', () => {
    const [, yaml] = /```yaml\n(- \{ username[^`]+)```/.exec(readFileSync(join(__dirname, '../../../docs/sandbox.md'), 'utf8')) ?? [];
    const { cognito } = testCognito(photosModel({ userPools: ['Customers', 'Staff'].map((name) => userPool({ id: name, name })) }));
    const { users, problems } = readUsersFile(yaml, 'users.yaml', cognito.pools.values());
    expect(problems.map(formatProblem)).toEqual([]);
    expect(users.map(({ pool, user }) => `${user.username} of ${pool.name}`)).toEqual(['ada of Customers', 'bob of Staff']);
  });

  test.each(['- { username: ana, password: "hunter2', 'password: [hunter2\n- x', '- &hunter2 {}\n- *hunter2', '- { username: ana, password: { hunter2: 1 } }', '- { username: ana, password: x, hunter2: }'])('never shows a password: %j', (text) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text).join()).not.toContain('hunter2');
  });
});
