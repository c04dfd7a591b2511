import { textOptions, wantsColour } from '../../src/cli/terminal';

describe('colour', () => {
  test.each<[string, boolean, boolean, NodeJS.ProcessEnv, boolean]>([
    ['a terminal', true, true, {}, false],
    ['no terminal', false, false, {}, false],
    ['a file', false, true, {}, true],
    ['NO_COLOR', false, true, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', true, true, { NO_COLOR: '' }, false],
    ['FORCE_COLOR without a terminal', true, false, { FORCE_COLOR: '1' }, false],
    ['FORCE_COLOR=0 on a terminal', false, true, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR and FORCE_COLOR', false, true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal', false, true, { TERM: 'dumb' }, false],
  ])('with %s is %s', (_, expected, isTTY, env, toFile) => {
    expect(wantsColour({ env, isTTY }, toFile)).toBe(expected);
  });

  test('is in the text only where it is wanted', () => {
    expect(textOptions({}, true).style.green('x')).toBe('\u001b[32mx\u001b[39m');
    expect(textOptions({}, false).style.green('x')).toBe('x');
  });
});

test('the width is that of the terminal, 100 without one, and at least 32', () => {
  expect([132, undefined, 20].map((columns) => textOptions({ columns }, false).width)).toEqual([132, 100, 32]);
});

test.each([['70', 70], ['', 132], ['0', 132], ['-5', 132], ['wide', 132], ['7e1', 132]])('COLUMNS=%j on a terminal of 132 columns gives %d', (COLUMNS, width) => {
  expect(textOptions({ columns: 132, env: { COLUMNS } }, false).width).toBe(width);
});

test('a table has heads above a rule, two spaces between columns and no space at the end of lines', () => {
  const table = { head: ['method', 'Night\nExport'], rows: [['GET /a\nGET /b', 'x'], ['GET /c', '']], widths: [7, 6], spaced: true };
  expect(textOptions({}, false).drawTable(table)).toBe([
    '         Night', 'method   Export', '───────  ──────', 'GET /a   x', 'GET /b', '', 'GET /c',
  ].join('\n'));
});
