import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photosModel, photosRuntime, testCognito } from './cognito/entities';
import { startSandbox } from '../../src/sandbox/sandbox';
import { client } from '../model/entities';

const TEMPLATE = {
  Resources: {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { UserPoolId: { Ref: 'Pool' }, ClientName: 'job', GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] },
    },
  },
};
const NOTICE = 'GetClientToken gives it tokens although its OAuth switch is off (AllowedOAuthFlowsUserPoolClient): that Cognito does so is unverified';

describe('a notice that comes up after the start', () => {
  test('is told once', async () => {
    const lines: string[] = [];
    const path = join(mkdtempSync(join(tmpdir(), 'notices-')), 'template.json');
    writeFileSync(path, JSON.stringify(TEMPLATE));
    const sandbox = await startSandbox({ path, unlisted: true, report: (line) => lines.push(line) });
    try {
      expect(lines.join()).not.toContain('GetClientToken');
      await sandbox.tokenFor({ client: 'job' });
      await sandbox.tokenFor({ client: 'job' });
      expect(lines.filter((line) => line.includes('GetClientToken'))).toEqual([expect.stringMatching(/^[\w-]+\/Client: /)]);
      expect(lines.join()).toContain(NOTICE);
    } finally {
      await sandbox.close();
    }
  });

  test('is gone with the templates that it was about', async () => {
    const model = photosModel({ clients: [client({ id: 'Job', oauth: false, authFlows: ['ALLOW_CLIENT_TOKEN_AUTH'] })] });
    const { cognito } = testCognito(model, photosRuntime());
    const told = () => cognito.notices.filter(({ entity }) => entity === 'Job').length;
    await cognito.tokenFor('Job');
    expect(told()).toBe(1);
    cognito.reload(photosModel(), photosRuntime());
    expect(told()).toBe(0);
    cognito.reload(model, photosRuntime());
    await cognito.tokenFor('Job');
    expect(told()).toBe(1);
  });
});
