import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, cloudFormation, element } from './aws-api';
import type { Emulator } from './ministack';

/** The physical ids of a stack's resources by their logical ids; undefined where there is no such stack, or no longer. */
export async function physicalIds(emulator: Emulator, stack: string): Promise<Map<string, string> | undefined> {
  if (await statusOf(emulator, stack) === undefined) return undefined;
  const xml = await cloudFormation(emulator, 'DescribeStackResources', { StackName: stack });
  const members = xml.split('<member>').slice(1);
  return new Map(members.map((member) => [element(member, 'LogicalResourceId'), element(member, 'PhysicalResourceId')]));
}

/** The outputs of a stack. */
export async function outputs(emulator: Emulator, stack: string): Promise<Map<string, string>> {
  const xml = await cloudFormation(emulator, 'DescribeStacks', { StackName: stack });
  const members = xml.split('<OutputKey>').slice(1).map((rest) => `<OutputKey>${rest}`);
  return new Map(members.map((member) => [element(member, 'OutputKey'), element(member, 'OutputValue')]));
}

/** The stacks of a cloud assembly. */
export function stacksIn(assembly: string): string[] {
  return readdirSync(assembly).filter((file) => file.endsWith('.template.json')).map((file) => file.slice(0, -'.template.json'.length));
}

/** Creates a stack from a template, or updates it. */
export async function deployTemplate(
  emulator: Emulator, stack: string, template: string, parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const exists = await statusOf(emulator, stack) !== undefined;
  const pairs = Object.entries(parameters).flatMap(([key, value], position) => [
    [`Parameters.member.${position + 1}.ParameterKey`, key],
    [`Parameters.member.${position + 1}.ParameterValue`, value],
  ]);
  const input = { 'StackName': stack, 'TemplateBody': template, 'Capabilities.member.1': 'CAPABILITY_IAM', ...Object.fromEntries(pairs) };
  await cloudFormation(emulator, exists ? 'UpdateStack' : 'CreateStack', input);
  let status: string | undefined;
  do {
    await sleep(100);
    status = await statusOf(emulator, stack);
  } while (status?.endsWith('_IN_PROGRESS'));
  if (status !== (exists ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE')) {
    const events = await cloudFormation(emulator, 'DescribeStackEvents', { StackName: stack });
    const reasons = events.split('<member>').map((event) => element(event, 'ResourceStatusReason')).filter((reason) => reason !== '');
    throw new Error(`stack ${stack} is ${status}: ${reasons.join('; ')}`);
  }
}

async function statusOf(emulator: Emulator, stack: string): Promise<string | undefined> {
  try {
    const status = element(await cloudFormation(emulator, 'DescribeStacks', { StackName: stack }), 'StackStatus');
    return status === 'DELETE_COMPLETE' ? undefined : status;
  } catch (error) {
    if (error instanceof ApiError && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
