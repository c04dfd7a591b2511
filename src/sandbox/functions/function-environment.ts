import { devNull } from 'node:os';
import type { RunnableFunction } from './function-runner';
import { arnOf } from '../arn-of';

/** The variables of the shell that programs need to start and to find temporary files, by operating system. `docs/sandbox.md` names them. */
export function neededOfShell(platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? ['PATH', 'PATHEXT', 'SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'TEMP', 'TMP'] : ['PATH', 'TMPDIR'];
}

/**
 * The environment of a function: the variables of its template, those that Lambda sets, and what the operating system needs.
 *
 * Nothing else comes from the shell. Credential files and the metadata service are out of reach of the AWS SDK, so that a
 * function does not act on the account of whoever starts the sandbox; a template can set these three variables.
 */
export function functionEnvironment(functionToRun: RunnableFunction, folder: string, logStream: string): { [name: string]: string } {
  const { environment, handler, memory, name, region, runtime } = functionToRun;
  return {
    ...Object.fromEntries(neededOfShell(process.platform).flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]]))),
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_CONFIG_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    ...environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup(name),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
  };
}

/** The log group that Lambda makes for a function. */
export function logGroup(name: string): string {
  return `/aws/lambda/${name}`;
}

/** The ARN of a function. */
export function functionArn({ account, name, region }: RunnableFunction): string {
  return arnOf('lambda', { account, region }, `function:${name}`);
}
