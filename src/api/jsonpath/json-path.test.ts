import { describe, expect, it } from 'vitest';
import { JsonPath } from './json-path.ts';

const types = {
  bools: [true, false, true, false],
  integers: [1, 2, 3, 4],
  floats: [1.5, 2.2, 3.3, 4.5],
  strings: ['one', 'two', 'three', 'four'],
  maps: [
    { name: 'one', value: 1 },
    { name: 'two', value: 2.02 },
    { name: 'three', value: 3.03 },
  ],
};

const nodes = {
  kind: 'List',
  items: [
    {
      kind: 'None',
      metadata: { name: '127.0.0.1', labels: { 'kubernetes.io/hostname': '127.0.0.1' } },
      status: { capacity: { cpu: '4' }, ready: true, addresses: [{ type: 'LegacyHostIP', address: '127.0.0.1' }] },
    },
    {
      kind: 'None',
      metadata: { name: '127.0.0.2', labels: { 'kubernetes.io/hostname': '127.0.0.2' } },
      status: {
        capacity: { cpu: '8' },
        ready: false,
        addresses: [
          { type: 'LegacyHostIP', address: '127.0.0.2' },
          { type: 'another', address: '127.0.0.3' },
        ],
      },
    },
  ],
  users: [
    { name: 'myself', user: {} },
    { name: 'e2e', user: { username: 'admin', password: 'secret' } },
  ],
};

const pods = {
  items: [
    {
      metadata: { name: 'pod1', annotations: { color: 'blue' } },
      spec: { containers: [{ name: 'foo' }, { name: 'bar' }] },
    },
    { metadata: { name: 'pod2' }, spec: { containers: [{ name: 'baz' }] } },
  ],
};

const points = [
  { id: 'i1', x: 4 },
  { id: 'i2', x: -2, z: 1 },
  { id: 'i5', x: 0, z: 1 },
  { id: 'i7', x: null },
];

describe('JSONPath', () => {
  it.each([
    ['hello jsonpath', null, 'hello jsonpath'],
    ['{ .bools }', types, '[true,false,true,false]'],
    ['{ .bools[-1] }', types, 'false'],
    ['{ .integers[0:2] }', types, '1 2'],
    ['{ .integers[:4:2] }', types, '1 3'],
    ['{ .floats[-2] }', types, '3.3'],
    ['{ .strings[:2] }', types, 'one two'],
    ['{ .maps[0] }', types, '{"name":"one","value":1}'],
    ['{ .maps[1::2] }', types, '{"name":"two","value":2.02}'],
    ['{..}', [1, 2, 3], '[1,2,3]'],
    ['{[?(@<5)]}', [2, 6, 3, 7], '2 3'],
    ['{"{"}', null, '{'],
    ['{[1,3,4]}', [0, 1, 2, 3, 4], '1 3 4'],
    ['{[?(@.z)].id}', points, 'i2 i5'],
    ["{[0]['id']}", points, 'i1'],
    ["{[-1]['x']}", points, 'null'],
    ['{range .items[*]}{.metadata.name}, {end}{.kind}', nodes, '127.0.0.1, 127.0.0.2, List'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{end}', nodes, '127.0.0.1\t127.0.0.2\t'],
    ['{range .items[*]}{range .status.addresses[*]}{.address}, {end}{end}', nodes, '127.0.0.1, 127.0.0.2, 127.0.0.3, '],
    ["{.items[*]['metadata.name', 'status.capacity']}", nodes, '127.0.0.1 127.0.0.2 {"cpu":"4"} {"cpu":"8"}'],
    [
      '{range .items[*]}[{.metadata.name}, {.status.capacity}] {end}',
      nodes,
      '[127.0.0.1, {"cpu":"4"}] [127.0.0.2, {"cpu":"8"}] ',
    ],
    ['{.users[?(@.name=="e2e")].user.password}', nodes, 'secret'],
    ['{.items[0].metadata.labels.kubernetes\\.io/hostname}', nodes, '127.0.0.1'],
    ['{.items[?(@.metadata.labels.kubernetes\\.io/hostname=="127.0.0.1")].kind}', nodes, 'None'],
    ['{.items[?(@..ready==true)].metadata.name}', nodes, '127.0.0.1'],
    ['{..name}', nodes, '127.0.0.1 127.0.0.2 myself e2e'],
    [
      '{range .items[*]}{.metadata.name}{":"}{range @.spec.containers[*]}{.name}{","}{end}{"+"}{end}',
      pods,
      'pod1:foo,bar,+pod2:baz,+',
    ],
    ['{.items[0].spec.containers[0:-1].name}', pods, 'foo'],
    ['{.items[0].spec.containers[0:0].name}', pods, ''],
  ])('%s', (template, data, expected) => expect(new JsonPath(template).execute(data)).toBe(expected));

  it.each([
    ['{.hello}', ''],
    ['before-{.hello}after', 'before-after'],
    ['{range .items[*]}{.metadata.name}{end}', ''],
    ['{range .items[*]}{.metadata.name}{":"}{range @.spec.containers[*]}{.name}{","}{end}{"+"}{end}', ''],
  ])('%s finds nothing where keys may be missing', (template, expected) =>
    expect(new JsonPath(template, { allowsMissingKeys: true }).execute({ items: [] })).toBe(expected),
  );

  it.each([
    ['{hello}', 'unrecognized identifier hello'],
    ['{.hello}', 'hello is not found'],
    ['{.users[0][0]}', 'map[string]interface {} is not array or slice'],
    ['{.items[5]}', 'array index out of bounds: index 5, length 2'],
    ['{.items[-1:0]}', 'starting index 1 is greater than ending index 0'],
    ['{.items[?(@.kind<>10)]}', 'unrecognized filter operator <>'],
    ['{.items[?(@.kind==1)]}', 'incompatible types for comparison'],
    ['{range .items[*]}{@}{end}{end}', 'not in range, nothing to end'],
  ])('%s fails', (template, message) => expect(() => new JsonPath(template).execute(nodes)).toThrow(message));

  it.each([
    ['{', 'unclosed action'],
    ['{.items[0', 'unterminated array'],
    ['{.items[a]}', 'invalid array index a'],
    ['{.items[?(@.x==1}', 'unterminated filter'],
    ['{"a}', 'unterminated quoted string'],
    ['{|}', "unrecognized character in action: U+007C '|'"],
    ['{.....x}', 'invalid multiple recursive descent'],
  ])('%s is no template', (template, message) => expect(() => new JsonPath(template)).toThrow(message));
});
