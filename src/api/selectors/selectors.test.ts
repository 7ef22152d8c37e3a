import { describe, expect, it } from 'vitest';
import { formatFieldSelector, matchesFieldSelector, parseFieldSelector } from './field-selector.ts';
import {
  exactLabelValue,
  formatLabelQuery,
  formatLabelSelector,
  matchesLabels,
  queryFromLabelSelector,
} from './label-selector.ts';
import { parseLabelQuery } from './parse-label-query.ts';

const labelKeyRule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe('parseLabelQuery', () => {
  it.each([
    ['', ''],
    ['app=web', 'app=web'],
    ['app==web', 'app==web'],
    ['b=2,a=1', 'a=1,b=2'],
    ['tier in (b, a)', 'tier in (a,b)'],
    ['x in (foo,,baz),y,z notin ()', 'x in (,baz,foo),y,z notin ()'],
    ['!canary', '!canary'],
    ['! canary , app', 'app,!canary'],
    ['a!=b', 'a!=b'],
    ['n>5', 'n>5'],
    ['a=', 'a='],
    ['in in (in)', 'in in (in)'],
  ])('%s', (text, shown) => expect(formatLabelQuery(parseLabelQuery(text))).toBe(shown));

  it.each([
    ['app=web,', "found '', expected: identifier after ','"],
    ['=web', "found '=', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['a@=b', `unable to parse requirement: <nil>: Invalid value: "a@": name part ${labelKeyRule}`],
    [
      'a=b@',
      "unable to parse requirement: values[0][a]: Invalid value: \"b@\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    [
      'n>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
  ])('refuses %s', (text, message) => expect(() => parseLabelQuery(text)).toThrow(message));
});

it.each([
  ['app=web', { app: 'web' }, true],
  ['app!=web', {}, true],
  ['app notin (web)', { app: 'web' }, false],
  ['app', { app: '' }, true],
  ['!app', { app: '' }, false],
  ['n>5', { n: '10' }, true],
  ['n<5', { n: 'x' }, false],
  ['app in (a,b),tier=x', { app: 'b', tier: 'x' }, true],
  ['toString', {}, false],
])('%s on %j: %s', (text, labels, expected) => expect(matchesLabels(parseLabelQuery(text), labels)).toBe(expected));

describe('queryFromLabelSelector', () => {
  it('matches nothing when missing and everything when empty', () => {
    expect(matchesLabels(queryFromLabelSelector(undefined), { a: 'b' })).toBe(false);
    expect(matchesLabels(queryFromLabelSelector({}), undefined)).toBe(true);
  });

  it('shows itself as tables do', () => {
    const expression = { key: 'tier', operator: 'In', values: ['b', 'a'] };
    expect(formatLabelSelector({ matchLabels: { app: 'web' }, matchExpressions: [expression] })).toBe(
      'app=web,tier in (a,b)',
    );
    expect(formatLabelSelector({})).toBe('<none>');
    expect(formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Near' }] })).toBe('<error>');
  });

  it('knows the one value it asks for', () => {
    const query = queryFromLabelSelector({ matchLabels: { app: 'web' } });
    expect(exactLabelValue(query, 'app')).toBe('web');
    expect(exactLabelValue(query, 'tier')).toBeUndefined();
  });
});

describe('field selectors', () => {
  const matches = (text: string, fields: Record<string, string>) =>
    matchesFieldSelector(parseFieldSelector(text), (field) => fields[field] ?? '');

  it.each([
    ['metadata.name=web', { 'metadata.name': 'web' }, true],
    ['status.phase!=Running', { 'status.phase': 'Running' }, false],
    ['a==b,c!=d', { a: 'b', c: 'e' }, true],
    ['a=b\\,c', { a: 'b,c' }, true],
    ['', {}, true],
  ])('%s on %j: %s', (text, fields, expected) => expect(matches(text, fields)).toBe(expected));

  it.each([
    ['abc', "invalid selector: 'abc'; can't understand 'abc'"],
    ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
    ['a=b\\x', 'invalid field selector: invalid escape sequence: \\x'],
  ])('refuses %s', (text, message) => expect(() => parseFieldSelector(text)).toThrow(message));

  it('shows values escaped', () =>
    expect(formatFieldSelector(parseFieldSelector('b!=1,a=x\\=y'))).toBe('a=x\\=y,b!=1'));
});
