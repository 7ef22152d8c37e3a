import { describe, expect, it } from 'vitest';
import { createCluster } from '../../../cluster.ts';
import { TestClient } from '../../test-client.ts';

const group = '/apis/admissionregistration.k8s.io/v1';
const maps = '/api/v1/namespaces/default/configmaps';

const writes = (resources: readonly string[], operations = ['CREATE', 'UPDATE'], apiGroups = ['']) => ({
  resourceRules: [{ apiGroups, apiVersions: ['v1'], operations, resources }],
});

function world(spec: object, binding: object = {}, user?: string) {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  const client = new TestClient(cluster);
  const policy = { metadata: { name: 'rule' }, spec: { matchConstraints: writes(['configmaps']), ...spec } };
  const made = client.send('POST', `${group}/validatingadmissionpolicies`, policy);
  expect(made).toMatchObject({ status: 201 });
  const bound = { metadata: { name: 'bound' }, spec: { policyName: 'rule', validationActions: ['Deny'], ...binding } };
  expect(client.send('POST', `${group}/validatingadmissionpolicybindings`, bound)).toMatchObject({ status: 201 });
  cluster.clock.runFor(1_000);
  return { client, cluster, user };
}

const map = (name: string, data: object = {}, metadata: object = {}) => ({ metadata: { name, ...metadata }, data });
const message = ({ body }: { readonly body: unknown }): string => (body as { message: string }).message;
const denied = (name: string, why: string): string =>
  `configmaps "${name}" is forbidden: ValidatingAdmissionPolicy 'rule' with binding 'bound' denied request: ${why}`;

describe('a ValidatingAdmissionPolicy', () => {
  it('[API-120] refuses what its validations say no to', () => {
    const { client } = world({ validations: [{ expression: "object.data.size == '1'", message: 'too big' }] });
    const refused = client.send('POST', maps, map('a', { size: '2' }));
    expect(refused).toMatchObject({
      status: 422,
      body: {
        reason: 'Invalid',
        details: { kind: 'configmaps', causes: [{ message: denied('a', 'too big').replace(/^.*?: /, '') }] },
      },
    });
    expect(message(refused)).toBe(denied('a', 'too big'));
    expect(client.send('POST', maps, map('a', { size: '1' })).status).toBe(201);
  });

  it.each([
    [{ expression: 'false' }, 'failed expression: false', 422],
    [{ expression: 'false', messageExpression: "'not ' + object.metadata.name" }, 'not a', 422],
    [{ expression: 'false', reason: 'Forbidden', message: 'no' }, 'no', 403],
    [
      { expression: "object.data.missing == ''" },
      "expression 'object.data.missing == ''' resulted in error: no such key: missing",
      422,
    ],
  ])('[API-120] says why: %#', (validation, why, status) => {
    const answer = world({ validations: [validation] }).client.send('POST', maps, map('a', { x: '' }));
    expect([answer.status, message(answer)]).toEqual([status, denied('a', why)]);
  });

  it('[API-121] sees what is there, what was, who asks and where', () => {
    const expressions = [
      "request.operation != 'UPDATE' || object.data.size >= oldObject.data.size",
      "request.userInfo.groups.exists(g, g == 'system:masters') && request.namespace == 'default'",
      "namespaceObject.metadata.name == 'default'",
      "variables.size.matches('^[0-9]$')",
      "authorizer.group('').resource('pods').namespace('default').check('delete').allowed()",
      "authorizer.requestResource.check('custom').allowed()",
      "!authorizer.serviceAccount('default', 'default').path('/metrics').check('get').allowed()",
    ];
    const variables = [{ name: 'size', expression: 'object.data.size' }];
    const { client } = world({ variables, validations: expressions.map((expression) => ({ expression })) });
    expect(client.send('POST', maps, map('a', { size: '5' })).status).toBe(201);
    const merge = 'application/merge-patch+json';
    expect(client.patch(`${maps}/a`, merge, { data: { size: '6' } }).status).toBe(200);
    expect(message(client.patch(`${maps}/a`, merge, { data: { size: '3' } }))).toContain(
      'failed expression: request.operation',
    );
    expect(message(client.send('POST', maps, map('b', { size: 'x' })))).toContain('failed expression: variables.size');
  });

  it('[API-122] is about what its constraints, its conditions and its binding match', () => {
    const matchConditions = [{ name: 'small', expression: "object.metadata.name.startsWith('a')" }];
    const matchResources = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } };
    const { client } = world({ matchConditions, validations: [{ expression: 'false' }] }, { matchResources });
    expect(client.send('POST', maps, map('a')).status).toBe(422);
    expect(client.send('POST', maps, map('b')).status).toBe(201);
    expect(client.send('POST', '/api/v1/namespaces/kube-public/configmaps', map('a')).status).toBe(201);
    expect(client.send('DELETE', `${maps}/b`).status).toBe(200);
    expect(client.send('POST', '/api/v1/namespaces/default/secrets', { metadata: { name: 'a' } }).status).toBe(201);
  });

  it('[API-123] warns instead when the binding says so, and lets errors pass when its own failure policy does', () => {
    const warned = world(
      { validations: [{ expression: 'false', message: 'hm' }] },
      { validationActions: ['Warn', 'Audit'] },
    );
    const answer = warned.client.send('POST', maps, map('a'));
    expect(answer.status).toBe(201);
    expect(answer.headers['warning']).toBe(
      "299 - \"Validation failed for ValidatingAdmissionPolicy 'rule' with binding 'bound': hm\"",
    );
    const lenient = world({ failurePolicy: 'Ignore', validations: [{ expression: 'object.nothing.at.all' }] });
    expect(lenient.client.send('POST', maps, map('a')).status).toBe(201);
  });

  it('[API-124] takes parameters from other objects', () => {
    const { client } = world(
      {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        validations: [{ expression: "has(object.metadata.labels) || params.data.open == 'yes'" }],
      },
      { paramRef: { name: 'settings', namespace: 'kube-public', parameterNotFoundAction: 'Deny' } },
    );
    expect(message(client.send('POST', maps, map('a')))).toBe(
      denied(
        'a',
        'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
      ),
    );
    const settings = '/api/v1/namespaces/kube-public/configmaps';
    client.send('DELETE', `${group}/validatingadmissionpolicybindings/bound`);
    client.send('POST', settings, map('settings', { open: 'no' }));
    const paramRef = { name: 'settings', namespace: 'kube-public', parameterNotFoundAction: 'Deny' };
    const spec = { policyName: 'rule', validationActions: ['Deny'], paramRef };
    client.send('POST', `${group}/validatingadmissionpolicybindings`, { metadata: { name: 'bound' }, spec });
    expect(client.send('POST', maps, map('a')).status).toBe(422);
    expect(client.send('POST', maps, map('a', {}, { labels: { a: 'b' } })).status).toBe(201);
  });

  it.each([
    [
      { validations: [] },
      'spec.validations: Required value: validations or auditAnnotations must contain at least one item',
    ],
    [
      { validations: [{ expression: 'objet.x' }] },
      "spec.validations[0].expression: Invalid value: \"objet.x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'objet' (in container '')",
    ],
    [
      { validations: [{ expression: 'true' }], matchConstraints: {} },
      'spec.matchConstraints.resourceRules: Required value',
    ],
  ])('[API-125] is refused when it is wrong: %#', (spec, problem) => {
    const client = new TestClient(createCluster({ seed: 1, nodes: [] }));
    const policy = { metadata: { name: 'rule' }, spec: { matchConstraints: writes(['pods']), ...spec } };
    const answer = client.send('POST', `${group}/validatingadmissionpolicies`, policy);
    expect(answer.status).toBe(422);
    expect(message(answer)).toContain(problem);
  });
});
