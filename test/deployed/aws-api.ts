import type { Emulator } from './ministack';
import { ROOT, signed, type ApiRequest, type Credentials } from './sigv4';

/** An API answers with an error. */
export class ApiError extends Error {}

/** Calls an operation of the Cognito user pools API. */
export async function cognito<T = unknown>(emulator: Emulator, operation: string, input: object): Promise<T> {
  const response = await request(emulator, 'cognito-idp', {
    method: 'POST',
    url: `${emulator.endpoint}/`,
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(input),
  });
  const answer = await response.json() as { __type?: string; message?: string };
  if (!response.ok) throw new ApiError(`${operation}: ${response.status} ${answer.__type} ${answer.message}`);
  return answer as T;
}

/** The value of an API key of API Gateway. Never print it. */
export async function apiKeyValue(emulator: Emulator, id: string): Promise<string> {
  const response = await request(emulator, 'apigateway', { method: 'GET', url: `${emulator.endpoint}/apikeys/${id}?includeValue=true` });
  if (!response.ok) throw new ApiError(`GetApiKey: ${response.status}`);
  return (await response.json() as { value: string }).value;
}

/** Calls an operation of CloudFormation; gives the XML that it answers. */
export async function cloudFormation(emulator: Emulator, operation: string, input: Record<string, string>): Promise<string> {
  return query(emulator, 'cloudformation', { Action: operation, Version: '2010-05-15', ...input });
}

/** Creates an IAM user who may invoke APIs and do nothing else. */
export async function createInvoker(emulator: Emulator): Promise<Credentials> {
  const iam = (operation: string, input = {}) => query(emulator, 'iam', { Action: operation, Version: '2010-05-08', UserName: 'invoker', ...input });
  const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };
  await iam('CreateUser');
  await iam('PutUserPolicy', { PolicyName: 'invoke', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
  const xml = await iam('CreateAccessKey');
  return { id: element(xml, 'AccessKeyId'), secret: element(xml, 'SecretAccessKey') };
}

/** The text of the first element of a name. */
export function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].replace(/&amp;/g, '&') ?? '';
}

async function query(emulator: Emulator, service: string, input: Record<string, string>): Promise<string> {
  const response = await request(emulator, service, {
    method: 'POST',
    url: `${emulator.endpoint}/`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(input).toString(),
  });
  const xml = await response.text();
  if (!response.ok) throw new ApiError(`${input.Action}: ${response.status} ${element(xml, 'Message')}`);
  return xml;
}

async function request(emulator: Emulator, service: string, what: ApiRequest): Promise<Response> {
  return fetch(what.url, { method: what.method, headers: signed(emulator, ROOT, service, what), body: what.body });
}
