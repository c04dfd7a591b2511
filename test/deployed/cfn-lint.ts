import { spawnSync } from 'node:child_process';
import type { PythonTool } from './python-tools';

/** The offline schema check. */
export const CFN_LINT: PythonTool = { folder: 'cfn-lint-1.58.0', requirements: ['cfn-lint==1.58.0'] };

/**
 * - W3005: a `DependsOn` beside a reference; the CDK writes them.
 * - W2531: a Lambda runtime that the tool holds for old.
 */
const IGNORED = ['W3005', 'W2531'];

/** What cfn-lint finds in templates: one line each, `file:line:column:…:rule:text`. */
export function lintTemplates(python: string, files: readonly string[]): string[] {
  const main = 'import sys; from cfnlint.runner import main; sys.argv[0] = "cfn-lint"; sys.exit(main())';
  const args = ['--regions', 'us-east-1', '--format', 'parseable', '--ignore-checks', ...IGNORED, '--', ...files];
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', main, ...args], { encoding: 'utf8' });
  if (error) throw error;
  // The exit code adds up 2 for errors, 4 for warnings, 8 for information; any other is a failure of the tool.
  if (status === null || status > 14 || status % 2 === 1) throw new Error(`cfn-lint ended with exit code ${status}\n${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}
