import { source } from './templates';
import { withPlaces } from '../../src/template/with-places';

test('stacks keep the account and Region that they name, and get those that they do not', () => {
  const environments = [{}, { account: '111122223333' }, { region: 'eu-west-1' }, { account: '111122223333', region: 'eu-west-1' }];
  const set = { templates: environments.map((environment) => source({}, { environment, stackName: 'kept' })), bodies: { key: 1 } };
  const { templates, bodies } = withPlaces(set, { account: '444455556666', region: 'us-east-1' });
  expect(templates.map(({ environment: { account, region } }) => [account, region])).toEqual([
    ['444455556666', 'us-east-1'], ['111122223333', 'us-east-1'], ['444455556666', 'eu-west-1'], ['111122223333', 'eu-west-1'],
  ]);
  expect([templates[0].stackName, bodies]).toEqual(['kept', { key: 1 }]);
  expect(set.templates[0].environment).toEqual({});
});
