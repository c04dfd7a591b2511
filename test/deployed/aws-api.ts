import type { Emulator } from './ministack';

/** Calls an operation of the Cognito user pools API. */
export async function cognito<T = unknown>(emulator: Emulator, operation: string, input: object): Promise<T> {
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: {
      'Authorization': authorization(emulator, 'cognito-idp'),
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.json() as { __type?: string; message?: string };
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${answer.__type} ${answer.message}`);
  return answer as T;
}

/** The physical ids of a stack's resources by their logical ids; undefined where there is no such stack, or no longer. */
export async function physicalIds(emulator: Emulator, stack: string): Promise<Map<string, string> | undefined> {
  const { ok, text } = await cloudFormation(emulator, 'DescribeStackResources', { StackName: stack });
  if (!ok && /does not exist/.test(text)) return undefined;
  if (!ok) throw new Error(`DescribeStackResources ${stack}: ${text}`);
  const members = text.split('<member>').slice(1);
  if (members.length === 0) return undefined; // the emulator remembers the names of deleted stacks
  return new Map(members.map((member) => [element(member, 'LogicalResourceId'), element(member, 'PhysicalResourceId')]));
}

/** Calls an operation of CloudFormation; gives the XML that it answers. */
export async function cloudFormation(
  emulator: Emulator, operation: string, input: Record<string, string>,
): Promise<{ ok: boolean; text: string }> {
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: { 'Authorization': authorization(emulator, 'cloudformation'), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Action: operation, Version: '2010-05-15', ...input }),
  });
  return { ok: response.ok, text: await response.text() };
}

/** The emulator reads account, region and service from the credential scope; it does not check the signature. */
function authorization(emulator: Emulator, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/${emulator.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].replace(/&amp;/g, '&') ?? '';
}
