import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient, CfnUserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { APPS, matrixOf, synthesize, templatesIn } from './apps';
import { findingsIn } from './findings';
import { renderMatrixText } from '../../src/analysis/render-matrix-text';
import { textOptions } from '../../src/cli/terminal';

const EXAMPLES = join(__dirname, '../../examples');
const RECOMMENDED_FLAGS = require.resolve('aws-cdk-lib/recommended-feature-flags.json');

/** Rules of cdk-nag (AwsSolutions) that find something that stays, by app file. Each has its reason in the example. */
const ACKNOWLEDGED: Readonly<Record<string, readonly string[]>> = {
  'partner-m2m/app.ts': ['APIG3', 'APIG4', 'COG2', 'COG4', 'COG8', 'IAM4'],
  'photo-album/app.ts': ['APIG3', 'APIG4', 'COG2', 'COG4', 'COG8', 'IAM4'],
  'shared-pool/app.ts': ['APIG3', 'APIG4', 'COG2', 'COG4', 'COG8', 'IAM4'],
  'shared-pool/orders-app.ts': ['APIG3', 'APIG4', 'COG4'],
  'two-pools/app.ts': ['APIG3', 'APIG4', 'COG2', 'COG4', 'COG8', 'IAM4'],
};

/** Clients of one template that a snapshot shows. */
const SHOWN_CLIENTS = 4;

let folder: string;
// A deprecated scope whose last day is over brings another warning.
beforeAll(() => jest.useFakeTimers({ now: new Date('2026-06-30T12:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] }));
afterAll(() => jest.useRealTimers());
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'protected-api-examples-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every app file of the examples is tested here', () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|[/-])app\.ts$/.test(file));
  expect(Object.keys(APPS)).toEqual(files.sort());
});

describe.each(Object.keys(APPS))('examples/%s', (file) => {
  const at = (name: string) => join(folder, file, name);
  let templates: Record<string, string>;
  beforeAll(() => { templates = templatesIn(synthesize(file, at('plain'))); });

  test('is what reviewers have seen', () => {
    const seen = Object.entries(templates).map(([name, text]) => [name, withFewClients(JSON.parse(withoutHashes(text)))]);
    expect(Object.fromEntries(seen)).toMatchSnapshot();
  });

  test('is the same in every synthesis', () => {
    expect(templatesIn(synthesize(file, at('again')))).toEqual(templates);
  });

  test('looks as its README shows it', () => {
    const text = renderMatrixText(matrixOf(at('plain')), textOptions({}, false));
    expect(readFileSync(join(EXAMPLES, dirname(file), 'README.md'), 'utf8')).toContain(`\n\`\`\`text\n${text}\`\`\`\n`);
  });

  test('warns of nothing that is not acknowledged', () => {
    expect(new CloudAssembly(at('plain')).stacks.flatMap(({ messages }) => messages).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('leaves no answer unknown', () => {
    expect(matrixOf(at('plain')).unknown).toEqual([]);
  });

  test('means the same with all feature flags that the CDK recommends', () => {
    synthesize(file, at('flags'), JSON.parse(readFileSync(RECOMMENDED_FLAGS, 'utf8')));
    expect(matrixOf(at('flags'))).toEqual(matrixOf(at('plain')));
  });

  test('the CDK validator, cdk-preflight and cdk-nag find nothing in it that is not acknowledged with a reason', () => {
    const { open, acknowledged } = findingsIn(at('checked'), APPS[file]);
    expect(open).toEqual([]);
    expect([...new Set(acknowledged.map((finding) => finding.split(/\[|: /)[0]))].sort())
      .toEqual(ACKNOWLEDGED[file].map((rule) => `AwsSolutions-${rule}`));
    expect(acknowledged.filter((finding) => !/: \S+ \S+ \S+/.test(finding))).toEqual([]);
  });
});

/** Hashes follow from the handlers and from the rest of the template. */
function withoutHashes(text: string): string {
  return text.replace(/[0-9a-f]{64}|(?<=Deployment[0-9A-F]{8})[0-9a-f]{32}/g, 'HASH');
}

/** The first clients of a template stand for the rest, whose scopes have a test of their own. */
function withFewClients(template: { Resources: Record<string, { Type: string }> }): object {
  const clients = Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::Cognito::UserPoolClient');
  const left = new Set(clients.slice(SHOWN_CLIENTS));
  return { ...template, Resources: Object.fromEntries(Object.entries(template.Resources).filter(([id]) => !left.has(id))) };
}

test.each(readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'README.md'))))(
  'the README of %s joins paths to the URL of the API, which ends in a slash, without another one', (name) => {
    const readme = readFileSync(join(EXAMPLES, name, 'README.md'), 'utf8');
    expect(readme.match(/\$\{?API_URL\}?\S*/g) ?? []).toEqual(name === 'photo-album' ? ['${API_URL}photos"', '${API_URL}photos"'] : []);
  },
);

test('the detectors find what is wrong in a bad template', () => {
  const { open } = findingsIn(join(folder, 'bad'), (app) => {
    const stack = new Stack(app, 'Bad');
    const { ref } = new CfnUserPool(stack, 'Pool');
    new CfnUserPoolDomain(stack, 'Domain', { userPoolId: ref, domain: 'my-aws-api' });
    new CfnUserPoolClient(stack, 'Client', { userPoolId: ref, allowedOAuthFlows: ['password'] });
  });
  expect(open).toEqual(expect.arrayContaining([
    'CloudFormation Validate: W3030 at Bad/Client',
    'cdk-preflight: pf-cognito-domain-reserved-word at Bad/Domain',
    'AwsSolutions: AwsSolutions-COG1 at Bad/Pool',
  ]));
});
