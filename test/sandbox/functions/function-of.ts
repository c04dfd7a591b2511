import type { RunnableFunction } from '../../../src/sandbox/functions/function-runner';

/** A function with inline code that does nothing. */
export function functionOf(members: Partial<RunnableFunction> = {}): RunnableFunction {
  return {
    id: 'App/Photos',
    name: 'photos',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { kind: 'inline', source: '' },
    environment: {},
    timeout: 3,
    memory: 128,
    region: 'eu-west-1',
    account: '123456789012',
    ...members,
  };
}
