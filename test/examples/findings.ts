import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Preflight } from 'cdk-preflight';

/** What the validator of the CDK, cdk-preflight (strict) and cdk-nag (AwsSolutions) find in an app. */
export interface Findings {
  /** `detector: rule at construct`, acknowledged ones not among them. */
  readonly open: string[];
  /** `rule: reason` */
  readonly acknowledged: string[];
}

/** Synthesizes an app with all three detectors and reads their report. */
export function findingsIn(outdir: string, define: (app: App) => void): Findings {
  const app = new App({ outdir });
  Preflight.apply(app, { strict: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  define(app);
  const file = join(outdir, 'validation-report.json');
  try {
    app.synth();
  } catch (error) {
    // A finding makes synthesis fail after the report is written. Without a report something else is wrong.
    if (!existsSync(file)) throw error;
  }
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return {
    open: pluginReports.flatMap(({ pluginName, violations }) => violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${pluginName}: ${ruleName} at ${constructPath}`))),
    acknowledged: pluginReports.flatMap(({ suppressedViolations = [] }) => suppressedViolations.map(({ ruleName, reason }) => `${ruleName}: ${reason}`)),
  };
}

interface Report {
  readonly pluginReports: {
    readonly pluginName: string;
    readonly violations: Violation[];
    readonly suppressedViolations?: (Violation & { readonly reason: string })[];
  }[];
}

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}
