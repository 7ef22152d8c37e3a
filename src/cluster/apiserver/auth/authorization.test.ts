import { describe, expect, it } from 'vitest';
import type { ClusterRole, SelfSubjectRulesReview, SubjectAccessReview } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { createCluster, type Cluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const pods = '/api/v1/namespaces/default/pods';
const as = (user: string, groups = '') => ({
  'impersonate-user': user,
  ...(groups && { 'impersonate-group': groups }),
});

function newCluster(): { readonly cluster: Cluster; readonly client: TestClient } {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  cluster.clock.runFor(1000);
  return { cluster, client: new TestClient(cluster) };
}

function give(client: TestClient, rules: readonly object[], subject: object, namespace?: string): void {
  const at = namespace ? `${rbac}/namespaces/${namespace}` : rbac;
  const kind = namespace ? 'Role' : 'ClusterRole';
  const metadata = { name: 'given' };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'given' };
  const role = client.send('POST', `${at}/${kind.toLowerCase()}s`, { apiVersion, kind, metadata, rules });
  const binding = { apiVersion, kind: `${kind}Binding`, metadata, roleRef, subjects: [subject] };
  expect([role.status, client.send('POST', `${at}/${kind.toLowerCase()}bindings`, binding).status]).toEqual([201, 201]);
}

const user = (name: string) => ({ kind: 'User', name });
const rule = (verbs: string, apiGroup: string, resources: string, names = '') => ({
  verbs: verbs.split(' '),
  apiGroups: [apiGroup],
  resources: resources.split(' '),
  ...(names && { resourceNames: names.split(' ') }),
});

describe('authorization', () => {
  it('[API-110] refuses what no role allows, and says what', () => {
    const { client } = newCluster();
    const refusals = [
      [
        'GET',
        pods,
        'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
      ],
      [
        'GET',
        `${pods}/web`,
        'pods "web" is forbidden: User "jane" cannot get resource "pods" in API group "" in the namespace "default"',
      ],
      [
        'GET',
        `${pods}/web/log`,
        'pods "web" is forbidden: User "jane" cannot get resource "pods/log" in API group "" in the namespace "default"',
      ],
      [
        'GET',
        '/api/v1/nodes',
        'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
      ],
      ['GET', '/metrics', 'forbidden: User "jane" cannot get path "/metrics"'],
      [
        'DELETE',
        '/apis/apps/v1/namespaces/default/deployments',
        'deployments.apps is forbidden: User "jane" cannot deletecollection resource "deployments" in API group "apps" in the namespace "default"',
      ],
    ] as const;
    for (const [method, url, message] of refusals) {
      expect(client.send<Status>(method, url, undefined, as('jane'))).toMatchObject({
        status: 403,
        body: { message, reason: 'Forbidden' },
      });
    }
    expect(client.get('/version', as('jane')).status).toBe(200);
    expect(client.get('/apis', as('jane')).status).toBe(200);
  });

  it('[API-110] lets a binding in a namespace count there only', () => {
    const { client } = newCluster();
    give(client, [rule('get list', '', 'pods')], user('jane'), 'default');
    expect(client.get(pods, as('jane')).status).toBe(200);
    expect(client.get('/api/v1/namespaces/kube-system/pods', as('jane')).status).toBe(403);
    expect(client.get('/api/v1/pods', as('jane')).status).toBe(403);
    expect(client.get(pods, as('joe')).status).toBe(403);
  });

  it.each([
    [rule('*', '*', '*'), 'GET', `${pods}/a/log`, 404],
    [rule('get', '', 'pods'), 'GET', `${pods}/a/log`, 403],
    [rule('get', '', 'pods/log'), 'GET', `${pods}/a/log`, 404],
    [rule('get', '*', '*/scale'), 'GET', '/apis/apps/v1/namespaces/default/deployments/a/scale', 404],
    [rule('get', 'apps', 'deployments'), 'GET', '/apis/apps/v1/namespaces/default/deployments/a/scale', 403],
    [rule('get', '', 'pods', 'a'), 'GET', `${pods}/a`, 404],
    [rule('get', '', 'pods', 'a'), 'GET', `${pods}/b`, 403],
    [rule('list', '', 'pods', 'a'), 'GET', pods, 403],
    [rule('list', '', 'pods', 'a'), 'GET', `${pods}?fieldSelector=metadata.name%3Da`, 200],
    [rule('create', '', 'pods'), 'POST', `${pods}/a/eviction`, 403],
    [{ verbs: ['get'], nonResourceURLs: ['/logs*'] }, 'GET', '/logsx', 404],
    [{ verbs: ['get'], nonResourceURLs: ['/metrics/*'] }, 'GET', '/metrics', 403],
  ])('[API-111] matches %j against %s %s', (given, method, url, status) => {
    const { client } = newCluster();
    give(client, [given], user('jane'));
    expect(client.send(method, url, undefined, as('jane')).status).toBe(status);
  });

  it('[API-111] takes the right to create for exec, whatever the method', () => {
    const { cluster, client } = newCluster();
    give(client, [rule('get', '', 'pods/exec')], user('jane'));
    const headers = new Map(Object.entries(as('jane')));
    const open = () =>
      cluster.apiServer.connect({ method: 'GET', path: `${pods}/web/exec`, query: new Map(), headers });
    expect(open).toThrow('pods "web" is forbidden: ');
  });

  it('[API-112] lets system:masters do everything', () => {
    const { client } = newCluster();
    client.send('DELETE', `${rbac}/clusterrolebindings/cluster-admin`);
    expect(client.get('/api/v1/nodes').status).toBe(200);
  });

  it('[API-113] heeds a change at once, for controllers too', () => {
    const { cluster, client } = newCluster();
    give(client, [rule('list', '', 'pods')], user('jane'));
    expect(client.get(pods, as('jane')).status).toBe(200);
    client.send('DELETE', `${rbac}/clusterroles/given`);
    expect(client.get<Status>(pods, as('jane')).body.message).toMatch(
      /default": RBAC: clusterrole.rbac.authorization.k8s.io "given" not found$/,
    );
    client.send('DELETE', `${rbac}/clusterrolebindings/system:controller:service-account-controller`);
    const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    client.send('POST', '/api/v1/namespaces', namespace('harbour'));
    cluster.clock.runFor(1000);
    expect(client.get('/api/v1/namespaces/harbour/serviceaccounts/default').status).toBe(404);
  });

  it('[API-114] lets nobody give what they do not have', () => {
    const { client } = newCluster();
    give(
      client,
      [rule('*', 'rbac.authorization.k8s.io', '*'), rule('get', '', 'pods')].map((one) =>
        one.verbs[0] === '*' ? { ...one, verbs: ['create', 'update', 'get'] } : one,
      ),
      user('jane'),
    );
    const role = (rules: object[]) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'r' },
      rules,
    });
    const roles = `${rbac}/namespaces/default/roles`;
    expect(client.send<Status>('POST', roles, role([rule('get list', '', 'pods secrets')]), as('jane'))).toMatchObject({
      status: 403,
      body: {
        message:
          'roles.rbac.authorization.k8s.io "r" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
          '{APIGroups:[""], Resources:["pods"], Verbs:["list"]}\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}',
      },
    });
    expect(client.send('POST', roles, role([rule('get', '', 'pods')]), as('jane')).status).toBe(201);
    const binding = (name: string) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [user('joe')],
    });
    const bindings = `${rbac}/namespaces/default/rolebindings`;
    expect(client.send<Status>('POST', bindings, binding('b'), as('jane'))).toMatchObject({ status: 403 });
    client.send(
      'PATCH',
      `${rbac}/clusterroles/given`,
      [{ op: 'add', path: '/rules/-', value: rule('bind', 'rbac.authorization.k8s.io', 'clusterroles', 'view') }],
      { 'content-type': 'application/json-patch+json' },
    );
    expect(client.send('POST', bindings, binding('b'), as('jane')).status).toBe(201);
  });

  it('[API-115] [API-116] keeps admin, edit and view together from their parts', () => {
    const { cluster, client } = newCluster();
    const rulesOf = (name: string) => client.get<ClusterRole>(`${rbac}/clusterroles/${name}`).body.rules ?? [];
    expect([rulesOf('view').length, rulesOf('edit').length, rulesOf('admin').length]).toEqual([11, 25, 27]);
    const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
    const added = rule('get', 'example.com', 'boats');
    client.send('POST', `${rbac}/clusterroles`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'boats', labels },
      rules: [added],
    });
    cluster.clock.runFor(1000);
    for (const name of ['view', 'edit', 'admin']) expect(rulesOf(name)).toContainEqual(added);
  });

  it('[API-117] lets only those impersonate who may', () => {
    const { client } = newCluster();
    give(client, [rule('impersonate', '', 'users', 'joe'), rule('list', '', 'pods')], {
      kind: 'ServiceAccount',
      name: 'bot',
      namespace: 'default',
    });
    const token = client.send<{ status: { token: string } }>(
      'POST',
      '/api/v1/namespaces/default/serviceaccounts/default/token',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    ).body.status.token;
    const authorization = `Bearer ${token}`;
    expect(client.get<Status>(pods, { authorization, ...as('joe') }).body.message).toBe(
      'users "joe" is forbidden: User "system:serviceaccount:default:default" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
    expect(client.get(pods, as('system:serviceaccount:default:bot')).status).toBe(200);
  });

  it('[API-118] shows a kubelet its own things only', () => {
    const { client } = newCluster();
    const node = as('system:node:alpha', 'system:nodes');
    expect(client.get<Status>(pods, node).body.message).toBe(
      'pods is forbidden: User "system:node:alpha" cannot list resource "pods" in API group "" in the namespace "default": can only list/watch pods with spec.nodeName field selector',
    );
    expect(client.get(`/api/v1/pods?fieldSelector=spec.nodeName%3Dalpha`, node).status).toBe(200);
    expect(client.get('/api/v1/nodes/alpha', node).status).toBe(404);
    expect(client.get<Status>('/api/v1/nodes/beta', node).body.message).toMatch(
      /node 'alpha' cannot read 'beta', only its own Node object$/,
    );
    expect(client.get<Status>('/api/v1/namespaces/default/secrets/key', node).body.message).toMatch(
      /no relationship found between node 'alpha' and this object$/,
    );
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        nodeName: 'alpha',
        containers: [{ name: 'c', image: 'nginx', envFrom: [{ secretRef: { name: 'key' } }] }],
      },
    };
    expect(client.send('POST', pods, pod).status).toBe(201);
    expect(client.get('/api/v1/namespaces/default/secrets/key', node).status).toBe(404);
    expect(client.get(`${pods}/web`, node).status).toBe(200);
  });

  it('[API-83] answers reviews by the same rules', () => {
    const { client } = newCluster();
    give(client, [rule('get', '', 'pods', 'a')], user('jane'), 'default');
    const ask = (spec: object) =>
      client.send<SubjectAccessReview>('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec,
      }).body;
    const resourceAttributes = { namespace: 'default', verb: 'get', resource: 'pods', name: 'a' };
    expect(ask({ user: 'jane', resourceAttributes }).status).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "given/default" of Role "given" to User "jane"',
    });
    expect(ask({ user: 'jane', resourceAttributes: { ...resourceAttributes, name: 'b' } }).status).toEqual({
      allowed: false,
    });
    expect(ask({ resourceAttributes })).toMatchObject({
      message:
        'SubjectAccessReview.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
    });
    const rules = client.send<SelfSubjectRulesReview>(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace: 'default' } },
      as('jane'),
    ).body;
    expect(rules.status?.incomplete).toBe(false);
    expect(rules.status?.resourceRules).toContainEqual(rule('get', '', 'pods', 'a'));
    expect(rules.status?.nonResourceRules.map(({ nonResourceURLs }) => nonResourceURLs?.length)).toEqual([11, 5]);
  });
});
