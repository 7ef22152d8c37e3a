import { describe, expect, it } from 'vitest';
import type { Ingress, PersistentVolumeClaim, Pod } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

const root = '/api/v1/namespaces/default';
const pod = (spec: object = {}, metadata: object = {}) => ({
  metadata: { name: 'web', ...metadata },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

function start() {
  const cluster = createCluster({ seed: 1, nodes: [], freeze: true });
  cluster.clock.runFor(2000);
  return { client: new TestClient(cluster), runFor: (ms: number) => cluster.clock.runFor(ms) };
}

describe('RuntimeClass', () => {
  const withClass = () => {
    const { client } = start();
    client.send('POST', '/apis/node.k8s.io/v1/runtimeclasses', {
      metadata: { name: 'vm' },
      handler: 'vm',
      overhead: { podFixed: { cpu: '250m' } },
      scheduling: { nodeSelector: { vm: 'yes' }, tolerations: [{ key: 'vm', operator: 'Exists' }] },
    });
    return client;
  };

  it('[API-132] adds what the runtime needs', () => {
    const { spec } = withClass().send<Pod>('POST', `${root}/pods`, pod({ runtimeClassName: 'vm' })).body;
    expect(spec.overhead).toEqual({ cpu: '250m' });
    expect(spec.nodeSelector).toEqual({ vm: 'yes' });
    expect(spec.tolerations).toContainEqual({ key: 'vm', operator: 'Exists' });
  });

  it.each([
    { spec: { runtimeClassName: 'nope' }, why: 'pod rejected: RuntimeClass "nope" not found' },
    {
      spec: { overhead: { cpu: '1' } },
      why: 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    },
    {
      spec: { runtimeClassName: 'vm', overhead: { cpu: '1' } },
      why: "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    },
    {
      spec: { runtimeClassName: 'vm', nodeSelector: { vm: 'no' } },
      why: 'conflict: runtimeClass.scheduling.nodeSelector[vm] = yes; pod.spec.nodeSelector[vm] = no',
    },
  ])('[API-132] $why', ({ spec, why }) =>
    expect(withClass().send<Status>('POST', `${root}/pods`, pod(spec)).body.message).toBe(
      `pods "web" is forbidden: ${why}`,
    ),
  );
});

it('[API-132] takes the newest default class of storage and ingresses', () => {
  const { client, runFor } = start();
  for (const name of ['old', 'new']) {
    const storage = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const ingress = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
    client.send('POST', '/apis/storage.k8s.io/v1/storageclasses', {
      metadata: { name, annotations: storage },
      provisioner: 'a/b',
    });
    client.send('POST', '/apis/networking.k8s.io/v1/ingressclasses', {
      metadata: { name, annotations: ingress },
      spec: { controller: 'a.b/c' },
    });
    runFor(2000);
  }
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const claim = client.send<PersistentVolumeClaim>('POST', `${root}/persistentvolumeclaims`, {
    metadata: { name: 'c' },
    spec,
  });
  expect(claim.body.spec.storageClassName).toBe('new');
  expect(claim.body.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  const ingress = client.send<Ingress>('POST', '/apis/networking.k8s.io/v1/namespaces/default/ingresses', {
    metadata: { name: 'i' },
    spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } } },
  });
  expect(ingress.body.spec.ingressClassName).toBe('new');
  const url = `${root}/persistentvolumeclaims/c`;
  const bound = { status: { phase: 'Bound' }, spec: { volumeName: 'v' } };
  client.patch(url, 'application/merge-patch+json', bound);
  client.patch(`${url}/status`, 'application/merge-patch+json', bound);
  const grown = { spec: { resources: { requests: { storage: '2Gi' } } } };
  expect(client.patch<Status>(url, 'application/merge-patch+json', grown).body.message).toBe(
    'persistentvolumeclaims "c" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
  client.send('DELETE', url);
  runFor(1000);
  expect(client.get(url).status).toBe(404);
});

it('[API-132] knows one default priority class', () => {
  const { client } = start();
  const create = (name: string) =>
    client.send<Status>('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', {
      metadata: { name },
      value: 7,
      globalDefault: true,
    });
  create('usual');
  expect(create('other').body.message).toBe(
    'priorityclasses.scheduling.k8s.io "other" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
  );
  const { spec } = client.send<Pod>('POST', `${root}/pods`, pod()).body;
  expect([spec.priority, spec.priorityClassName]).toEqual([7, 'usual']);
});

describe('ServiceAccount', () => {
  it('[API-71] keeps pods from secrets that a strict account does not speak of', () => {
    const { client } = start();
    client.send('POST', `${root}/serviceaccounts`, {
      metadata: { name: 'strict', annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } },
      secrets: [{ name: 'known' }],
    });
    const create = (secretName: string) =>
      client.send<Status>(
        'POST',
        `${root}/pods?dryRun=All`,
        pod({ serviceAccountName: 'strict', volumes: [{ name: 'v', secret: { secretName } }] }),
      );
    expect(create('known').status).toBe(201);
    expect(create('other').body.message).toBe(
      'pods "web" is forbidden: volume with secret.secretName="other" is not allowed because service account strict does not reference that secret',
    );
  });
});
