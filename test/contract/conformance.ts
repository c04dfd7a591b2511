import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Implementation } from './implementation';
import { IMPLEMENTATIONS } from './implementations';
import { SCENARIOS, type Scenario } from './scenarios';

/** What one implementation reports: a result for every scenario, by name. */
export interface Results {
  readonly implementation: string;
  /** `pass`, or `excluded: ` and the reason. A failure is never recorded. */
  readonly results: { readonly [scenario: string]: string };
}

/** The last recorded run of the deployed table; written by the deployed tests. */
export const DEPLOYED_RESULTS_PATH = join(__dirname, 'deployed-results.json');

/** The results of all implementations: those that run here, and those that were recorded. What was started for it is left to `closeImplementations`. */
export async function allResults(): Promise<Results[]> {
  const recorded = existsSync(DEPLOYED_RESULTS_PATH) ? [JSON.parse(readFileSync(DEPLOYED_RESULTS_PATH, 'utf8')) as Results] : [];
  const results: Results[] = [];
  for (const implementation of IMPLEMENTATIONS) results.push(await resultsOf(implementation));
  return [...results, ...recorded];
}

/** Whether an answer is the expected one, in every member that the implementation tells. */
export function agrees(answer: object, expected: Scenario['expected']): boolean {
  return Object.entries(answer).every(([key, value]) => expected[key as keyof typeof expected] === value);
}

/** What is wrong with recorded results: scenarios that are missing, are not in the table, or did not pass. */
export function faultsOf({ results }: Results, scenarios: readonly Scenario[] = SCENARIOS): string[] {
  const names = new Set(scenarios.map(({ name }) => name));
  return [
    ...[...names].filter((name) => !Object.hasOwn(results, name)).map((name) => `no result: ${name}`),
    ...Object.keys(results).filter((name) => !names.has(name)).map((name) => `no such scenario: ${name}`),
    ...Object.entries(results).filter(([, result]) => !/^(pass|excluded: .+)$/.test(result)).map(([name, result]) => `${result}: ${name}`),
  ];
}

/** The text of `docs/conformance.md`. */
export function renderConformance(all: readonly Results[]): string {
  const reasons = [...new Set(all.flatMap(({ results }) => Object.values(results).filter((result) => result.startsWith('excluded: '))))];
  const cell = (result = 'not reported') => (reasons.includes(result) ? `excluded (${reasons.indexOf(result) + 1})` : result);
  const rows = SCENARIOS.map(({ name, verb, path, expected }) => [
    name, `\`${verb} ${path}\``, expected.verdict === 'noToken' ? 'no token' : `${expected.verdict}: ${expected.reason}`,
    ...all.map(({ results }) => cell(results[name])),
  ]);
  const head = ['scenario', 'request', 'expected', ...all.map(({ implementation }) => implementation)];
  return [
    '# Conformance',
    '',
    'Everything that answers what is allowed answers the same scenarios, about one template (`test/contract/contract.yaml`).',
    'An implementation passes a scenario, or excludes it by name with a reason.',
    '',
    ...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...reasons.map((reason, position) => `${position + 1}. ${reason.replace('excluded: ', '')}`),
    '',
  ].join('\n');
}

async function resultsOf(implementation: Implementation): Promise<Results> {
  const results: [string, string][] = [];
  for (const scenario of SCENARIOS) {
    const reason = implementation.excludes(scenario);
    const result = reason !== undefined ? `excluded: ${reason}` : agrees(await implementation.answer(scenario), scenario.expected) ? 'pass' : 'fail';
    results.push([scenario.name, result]);
  }
  return { implementation: implementation.name, results: Object.fromEntries(results) };
}
