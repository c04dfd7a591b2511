import { modelOf, server } from './entities';
import { checkDeprecation, checkRemovalDay, deprecationOf, describeDeprecation, isDay } from '../../src/model/deprecation';

const deprecated = { removeAfter: '2027-01-31', reason: 'split in two' };

describe('a removal date', () => {
  test.each(['2027-01-31', '2028-02-29', '1999-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
    expect(checkDeprecation('read', { ...deprecated, removeAfter: text })).toEqual([]);
  });

  test.each(['2027-02-30', '2027-02-29', '2027-13-01', '2027-1-31', '31.01.2027', '2027-01-31T00:00:00Z', 'soon', ''])('fails where "%s" is none', (text) => {
    expect(checkDeprecation('read', { ...deprecated, removeAfter: text })).toMatchObject([{ code: 'ScopeRemovalDate', got: text }]);
  });

  test('is in time on its last day, and overdue on the next', () => {
    expect(checkRemovalDay('read', deprecated, '2027-01-31')).toEqual([]);
    expect(checkRemovalDay('read', deprecated, '2027-02-01')).toMatchObject([{ code: 'ScopeRemovalOverdue', got: '2027-01-31' }]);
  });
});

describe('the reason of a deprecation', () => {
  test.each([['r', 0], ['r'.repeat(256), 0], ['', 1], ['  ', 1], ['r'.repeat(257), 1]])('of %j gives %i problems', (reason, count) => {
    const problems = checkDeprecation('read', { ...deprecated, reason });
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: count }, () => 'ScopeDeprecationReason'));
  });
});

describe('the deprecation of a scope in a model', () => {
  const model = modelOf({ resourceServers: [server({ scopes: [{ name: 'read', deprecated }, { name: 'write' }, { unknown: 'a parameter' }] })] });

  test('is found by pool and full name', () => {
    expect(deprecationOf(model, 'Pool', 'photos/read')).toBe(deprecated);
    expect(deprecationOf(model, 'Pool', 'photos/write')).toBeUndefined();
    expect(deprecationOf(model, 'Other', 'photos/read')).toBeUndefined();
    expect(deprecationOf(model, 'Pool', { unknown: 'a parameter' })).toBeUndefined();
  });

  test('of a server whose identifier is not known is found by the expression', () => {
    const identifier = { unknown: 'a parameter', expression: '${App/Host}' };
    const open = modelOf({ resourceServers: [server({ identifier, scopes: [{ name: 'read', deprecated }] })] });
    expect(deprecationOf(open, 'Pool', { unknown: 'a parameter', expression: '${App/Host}/read' })).toBe(deprecated);
    expect(deprecationOf(open, 'Pool', 'photos/read')).toBeUndefined();
  });

  test('reads as a sentence', () => {
    expect(describeDeprecation(deprecated)).toBe('is deprecated and may go after 2027-01-31: split in two');
    expect(describeDeprecation({ ...deprecated, replacedBy: 'photos/view' }))
      .toBe('is deprecated and may go after 2027-01-31: split in two; photos/view takes its place');
  });
});
