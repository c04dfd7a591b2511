import { isLoopback } from './host-guard';
import { ProblemError } from '../model/problem';

/**
 * Warns where other machines may reach the sandbox, and fails where nobody said that they may.
 *
 * @throws ProblemError `SandboxAddress`
 */
export function checkExposure(host: string, exposed: boolean, report: (line: string) => void): void {
  if (isLoopback(host)) return;
  if (!exposed) {
    throw new ProblemError([{
      code: 'SandboxAddress',
      subject: 'address of the sandbox',
      wrong: 'is one that other machines may reach',
      got: host,
      expected: '127.0.0.1, localhost or ::1',
      fix: 'leave out --host, or say --exposed if everybody who reaches this machine may obtain tokens and start functions',
    }]);
  }
  report(`warning: the sandbox listens on ${host}: everybody who reaches this machine can obtain tokens and start functions`);
}
