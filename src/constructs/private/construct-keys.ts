import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../model/problem';

/** Whether every object has a member of that name. Constructs keep their children in plain objects, so none can have it for an id. */
export function isMemberOfAll(id: string): boolean {
  return id in {};
}

/** Two ids that the CDK takes for that of the main construct. It fails where a construct has children of both. */
const MAIN = ['Resource', 'Default'];

/** Checks a key that becomes the id of a construct. */
export function checkConstructKey(subject: string, key: string, { node }: IConstruct): Problem[] {
  if (MAIN.includes(key) && MAIN.some((id) => id !== key && node.tryFindChild(id) !== undefined)) {
    return [{
      code: 'ConstructKey',
      subject,
      wrong: 'has a key that the CDK cannot give to a construct beside the other one of its kind',
      got: key,
      expected: `one of ${MAIN.map((id) => `"${id}"`).join(' and ')} at most`,
      fix: 'choose another key',
    }];
  }
  const unresolved = Token.isUnresolved(key);
  if (key !== '' && !unresolved && !isMemberOfAll(key)) return [];
  return [{
    code: 'ConstructKey',
    subject,
    wrong: key === '' ? 'has an empty key' : unresolved ? 'has a key that is known only later' : 'has a key that the CDK cannot give to a construct',
    got: key,
    expected: 'a text other than the names that all JavaScript objects know, such as constructor',
    fix: 'choose another key',
  }];
}

/** Checks the key of a client among the clients of its resource server. */
export function checkClientKey(clients: IConstruct, key: string): Problem[] {
  const subject = `client "${key}"`;
  const problems = checkConstructKey(subject, key, clients);
  if (problems.length > 0 || clients.node.tryFindChild(key) === undefined) return problems;
  return [{ code: 'ClientDuplicate', subject, wrong: 'is declared twice', expected: 'one client per key', fix: 'choose another key' }];
}
