import { describe, expect, it } from 'vitest';
import { createCluster } from '../../../cluster.ts';
import { TestClient } from '../../test-client.ts';

interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const gadgets = '/apis/example.com/v1/namespaces/default/gadgets';

/** A kind whose spec has the rules; `itemRules` hold for the elements of its list map. */
function definition(rules: readonly Rule[], itemRules: readonly Rule[] = []): object {
  const string = { type: 'string', maxLength: 64 };
  const item = {
    type: 'object',
    required: ['name'],
    properties: { name: string, count: { type: 'integer' } },
    'x-kubernetes-validations': itemRules,
  };
  const spec = {
    type: 'object',
    properties: {
      replicas: { type: 'integer' },
      limit: { type: 'integer' },
      ratio: { type: 'number' },
      name: string,
      'my-field': { type: 'string' },
      memory: { type: 'string' },
      until: { type: 'string', format: 'date-time' },
      items: {
        type: 'array',
        maxItems: 10,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
        items: item,
      },
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      unbounded: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
    },
    'x-kubernetes-validations': rules,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gadgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'gadgets', kind: 'Gadget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  };
}

function world(rules: readonly Rule[], itemRules: readonly Rule[] = []): TestClient {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  const client = new TestClient(cluster);
  expect(client.send('POST', crds, definition(rules, itemRules))).toMatchObject({ status: 201 });
  cluster.clock.runFor(1_000);
  return client;
}

const gadget = (spec: object): object => ({
  apiVersion: 'example.com/v1',
  kind: 'Gadget',
  metadata: { name: 'one' },
  spec,
});

const messageOf = ({ body }: { readonly body: unknown }): string => (body as { message: string }).message;

describe('rules', () => {
  it.each([
    ['self.replicas <= self.limit', { replicas: 3, limit: 2 }, { replicas: 2, limit: 2 }],
    ["!has(self.name) || self.name.startsWith('a')", { name: 'b' }, {}],
    ['has(self.items[0].count)', { items: [{ name: 'a' }] }, { items: [{ name: 'a', count: 1 }] }],
    ["matches(self.name, '(?i)^[A-C]+$') && self.name.matches('^.{2}$')", { name: 'abc' }, { name: 'ab' }],
    ['self.ratio > 1', { ratio: 0.5 }, { ratio: 2 }],
    ["self.my__dash__field == 'x'", { 'my-field': 'y' }, { 'my-field': 'x' }],
    ["quantity(self.memory).isLessThan(quantity('1Gi'))", { memory: '2Gi' }, { memory: '512Mi' }],
    [
      "self.until > timestamp('2026-01-01T00:00:00Z')",
      { until: '2025-01-01T00:00:00Z' },
      { until: '2027-01-01T00:00:00Z' },
    ],
    ['self.items.all(i, i.count > 0)', { items: [{ name: 'a', count: 0 }] }, { items: [{ name: 'a', count: 1 }] }],
    [
      'self.items.map(i, i.count).sum() < 5',
      { items: [{ name: 'a', count: 5 }] },
      { items: [{ name: 'a', count: 4 }] },
    ],
    ["self.name.find('[0-9]+') == '12'", { name: 'a1' }, { name: 'a12' }],
    ['self.free.deep.x == 1', { free: { deep: { x: 2 } } }, { free: { deep: { x: 1 } } }],
    ["self.?name.orValue('a') == 'a'", { name: 'b' }, {}],
    ["cidr('10.0.0.0/8').containsIP(self.name)", { name: '11.0.0.1' }, { name: '10.1.2.3' }],
    ["url(self.name).getHost() == 'a.b'", { name: 'https://c/' }, { name: 'https://a.b/c' }],
    ["semver(self.name).isGreaterThan(semver('1.2.3'))", { name: '1.2.3-rc.1' }, { name: '1.10.0' }],
    ["sets.contains(['a', 'b'], [self.name])", { name: 'c' }, { name: 'b' }],
    ['!format.dns1123Label().validate(self.name).hasValue()', { name: 'A' }, { name: 'a' }],
  ])('[API-102] hold objects to %s', (rule, wrong, right) => {
    const client = world([{ rule }]);
    const refused = client.send('POST', gadgets, gadget(wrong));
    expect(refused.status).toBe(422);
    expect(messageOf(refused)).toBe(`Gadget.example.com "one" is invalid: spec: Invalid value: failed rule: ${rule}`);
    expect(client.send('POST', gadgets, gadget(right)).status).toBe(201);
  });

  it.each([
    [{ rule: 'false', message: 'never' }, 'spec: Invalid value: never'],
    [{ rule: 'false', messageExpression: "'not ' + string(self.replicas)" }, 'spec: Invalid value: not 3'],
    [{ rule: 'false', message: 'kept', messageExpression: 'self.name' }, 'spec: Invalid value: kept'],
    [{ rule: 'false', reason: 'FieldValueForbidden', message: 'no' }, 'spec: Forbidden: no'],
    [
      { rule: 'false', reason: 'FieldValueRequired', fieldPath: '.name', message: 'needed' },
      'spec.name: Required value: needed',
    ],
    [{ rule: "self.name == 'x'" }, "spec: Invalid value: no such key: name evaluating rule: self.name == 'x'"],
    [
      { rule: 'self.free.x > 1' },
      "spec: Invalid value: 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.free.x > 1",
    ],
  ] as const)('[API-103] say what is wrong: %#', (rule, expected) => {
    const text =
      expected.startsWith('spec: Invalid value: no such') || expected.includes("'no such")
        ? expected.replace('Invalid value: ', 'Invalid value: "object": ')
        : expected;
    const answer = world([rule]).send('POST', gadgets, gadget({ replicas: 3, free: { x: 'text' } }));
    expect(messageOf(answer)).toBe(`Gadget.example.com "one" is invalid: ${text}`);
  });

  it('[API-104] see what was before', () => {
    const merge = 'application/merge-patch+json';
    const client = world(
      [{ rule: 'self.replicas >= oldSelf.replicas', message: 'only up' }],
      [{ rule: 'self.count == oldSelf.count', message: 'fixed' }],
    );
    expect(client.send('POST', gadgets, gadget({ replicas: 2, items: [{ name: 'a', count: 1 }] })).status).toBe(201);
    const patch = (spec: object) => client.patch(`${gadgets}/one`, merge, { spec });
    expect(messageOf(patch({ replicas: 1 }))).toContain('spec: Invalid value: only up');
    expect(patch({ replicas: 3 }).status).toBe(200);
    expect(messageOf(patch({ items: [{ name: 'a', count: 2 }] }))).toContain('spec.items[0]: Invalid value: fixed');
    expect(patch({ items: [{ name: 'b', count: 2 }] }).status).toBe(200);
  });

  it('[API-104] may see that nothing was before', () => {
    const client = world([
      { rule: "oldSelf.hasValue() || self.name == 'first'", optionalOldSelf: true, message: 'first of all' },
    ]);
    expect(messageOf(client.send('POST', gadgets, gadget({ name: 'x' })))).toContain('first of all');
    expect(client.send('POST', gadgets, gadget({ name: 'first' })).status).toBe(201);
  });

  it.each([
    ['self.nme == "x"', `undefined field 'nme'`, 5],
    ['slf.name == "x"', `undeclared reference to 'slf' (in container '')`, 1],
    ['self.items.all(i, j.count > 0)', `undeclared reference to 'j' (in container '')`, 19],
  ])('[API-105] must compile: %s', (rule, problem, column) => {
    const client = new TestClient(createCluster({ seed: 1, nodes: [] }));
    const answer = client.send('POST', crds, definition([{ rule }]));
    const shown = `ERROR: <input>:1:${column}: ${problem}\n | ${rule}\n | ${'.'.repeat(column - 1)}^`;
    expect(messageOf(answer)).toContain(
      'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {',
    );
    expect(messageOf(answer)).toContain(`compilation failed: ${shown}`);
  });

  it('[API-105] must come to a bool, within a budget', () => {
    const client = new TestClient(createCluster({ seed: 1, nodes: [] }));
    expect(messageOf(client.send('POST', crds, definition([{ rule: 'size(self.items)' }])))).toContain(
      'cel expression must evaluate to a bool',
    );
    const costly = 'self.unbounded.all(a, a.all(b, self.unbounded.all(c, c.all(d, b <= d))))';
    expect(messageOf(client.send('POST', crds, definition([{ rule: costly }])))).toContain(
      'Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule',
    );
  });
});
