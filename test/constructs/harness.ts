import { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, Stack, type AppProps, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Scope, ScopedResourceServer, type ScopedResourceServerProps } from '../../src';

export const ENV = { account: '123456789012', region: 'eu-west-1' };

/** `[Code] subject wrong; expected …; fix`: one line, lower case after the code, no period at the end, and no value that nobody can read. */
export const HOUSE_SHAPE = /^(?!.*(\[object|\bundefined\b))\[[A-Z][A-Za-z]+\] [^\n]+; expected [^\n]+; [^\nA-Z][^\n]*[^\n.]$/;

export function newApp(props: AppProps = {}): App {
  return new App({ builtinCloudFormationValidation: false, ...props });
}

export function newStack(props: StackProps = {}): Stack {
  return new Stack(newApp(), 'Stack', props);
}

/** A resource server with two scopes. */
export function newPhotos(scope: Construct, props: Partial<ScopedResourceServerProps> = {}, id = 'Photos') {
  const photos = new ScopedResourceServer(scope, id, { identifier: 'photos', ...props });
  return { photos, read: photos.addScope('read', 'View photos'), write: photos.addScope('write', 'Change photos') };
}

export function newFunction(scope: Construct, id = 'Handler'): LambdaFunction {
  return new LambdaFunction(scope, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({})') });
}

export function mock(): MockIntegration {
  return new MockIntegration();
}

/** The problems that a call, or the synthesis of an app, fails with: one line each, every one in the house shape. */
export function problemsOf(act: () => unknown): string[] {
  let message: string | undefined;
  try {
    act();
  } catch (error) {
    message = (error as Error).message;
  }
  if (message === undefined) throw new Error('expected a failure');
  const lines = message.split('\n').map((line) => line.replace(/^\s*(\[[^\]]*\] )?(?=\[[A-Z])/, '')).filter((line) => line.startsWith('['));
  if (lines.length === 0) throw new Error(`expected problems, got: ${message}`);
  for (const line of lines) expect(line).toMatch(HOUSE_SHAPE);
  return lines;
}

/** The codes of the problems that a call fails with. */
export function codesOf(act: () => unknown): string[] {
  return problemsOf(act).map((line) => /^\[(\w+)\]/.exec(line)![1]);
}

/** Scopes of a resource server in any number. */
export function manyScopes(server: ScopedResourceServer, count: number): Scope[] {
  return Array.from({ length: count }, (_, number) => server.addScope(`scope.${number}`, 'One of many'));
}

/** The resources of a type in a template, by logical id. */
export function resourcesOf(template: any, type: string): { [id: string]: any } {
  return Object.fromEntries(Object.entries<any>(template.Resources ?? {}).filter(([, resource]) => resource.Type === type));
}
