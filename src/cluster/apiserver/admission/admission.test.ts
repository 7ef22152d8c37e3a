import { describe, expect, it } from 'vitest';
import type { Status } from '../../../api/index.ts';
import type { Node, Pod } from '../../../api/generated/types.ts';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

const pods = '/api/v1/namespaces/default/pods';
const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

/** The default service account comes a moment after the namespace. */
function newClient(): TestClient {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  cluster.clock.runFor(2000);
  return new TestClient(cluster);
}

describe('admission', () => {
  it('[API-70] guards namespaces', () => {
    const client = newClient();
    const create = (namespace: string) =>
      client.send<Status>('POST', `/api/v1/namespaces/${namespace}/configmaps`, { metadata: { name: 'x' } }).body;
    expect(create('nope')).toMatchObject({ code: 404, message: 'namespaces "nope" not found' });
    client.send('POST', '/api/v1/namespaces', { metadata: { name: 'going', finalizers: ['example.com/stay'] } });
    client.send('DELETE', '/api/v1/namespaces/going');
    expect(create('going')).toMatchObject({
      code: 403,
      message:
        'configmaps "x" is forbidden: unable to create new content in namespace going because it is being terminated',
      details: { causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }] },
    });
    expect(client.send<Status>('DELETE', '/api/v1/namespaces/kube-system').body.message).toBe(
      'namespaces "kube-system" is forbidden: this namespace may not be deleted',
    );
  });

  it('[API-71] gives pods their account and its token', () => {
    const client = newClient();
    const { spec } = client.send<Pod>('POST', pods, pod('x')).body;
    const volume = spec.volumes?.[0];
    expect(spec.serviceAccountName).toBe('default');
    expect(volume?.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(volume?.projected?.sources).toHaveLength(3);
    expect(spec.containers[0]?.volumeMounts).toEqual([
      { name: volume?.name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ]);
    const without = client.send<Pod>('POST', pods, pod('y', { automountServiceAccountToken: false })).body;
    expect(without.spec.volumes).toBeUndefined();
    expect(client.send<Status>('POST', pods, pod('z', { serviceAccountName: 'nobody' })).body.message).toBe(
      'pods "z" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    );
  });

  it('[API-72] fills in tolerations and priority', () => {
    const client = newClient();
    const { spec } = client.send<Pod>('POST', pods, pod('x')).body;
    expect(spec.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    expect([spec.priority, spec.preemptionPolicy]).toEqual([0, 'PreemptLowerPriority']);
    const own = [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }];
    const keeping = client.send<Pod>('POST', pods, pod('y', { tolerations: own })).body;
    expect(keeping.spec.tolerations).toHaveLength(2);
    const critical = pod('z', { priorityClassName: 'system-node-critical' });
    expect(client.send<Pod>('POST', pods, critical).body.spec.priority).toBe(2_000_001_000);
    expect(client.send<Status>('POST', pods, pod('w', { priorityClassName: 'nope' })).body.message).toBe(
      'pods "w" is forbidden: no PriorityClass with name nope was found',
    );
  });

  it('[API-73] taints new nodes', () => {
    const { body } = newClient().send<Node>('POST', '/api/v1/nodes', { metadata: { name: 'n' } });
    expect(body.spec?.taints).toEqual([{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
  });

  it('[API-74] binds pods once', () => {
    const client = newClient();
    client.send('POST', pods, pod('x', { nodeSelector: { no: 'where' } }));
    const bind = () =>
      client.send<Status>('POST', `${pods}/x/binding`, {
        metadata: { name: 'x' },
        target: { kind: 'Node', name: 'n' },
      });
    expect(bind()).toMatchObject({ status: 201, body: { status: 'Success' } });
    const { spec, status } = client.get<Pod>(`${pods}/x`).body;
    expect(spec.nodeName).toBe('n');
    expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'PodScheduled', status: 'True' }));
    expect(bind().body).toMatchObject({
      code: 409,
      message: 'Operation cannot be fulfilled on pods/binding "x": pod x is already assigned to node "n"',
    });
  });
});
