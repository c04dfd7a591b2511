export { startSandbox } from './sandbox';
export { SandboxServer } from './sandbox-server';
