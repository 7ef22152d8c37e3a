import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

const url = '/api/v1/namespaces/default/pods';
const merge = 'application/strategic-merge-patch+json';

function start() {
  const cluster = createCluster({ seed: 1, nodes: 2, freeze: true });
  const client = new TestClient(cluster);
  cluster.clock.runFor(3000);
  const resources = { requests: { cpu: '100m' }, limits: { cpu: '200m' } };
  const containers = [{ name: 'web', image: 'nginx', resources }];
  client.send('POST', url, { metadata: { name: 'web' }, spec: { containers } });
  cluster.clock.runFor(30_000);
  const patch = (part: string, spec: object) => client.patch<Pod & Status>(`${url}/web/${part}`, merge, { spec });
  return { client, patch, runFor: (ms: number) => cluster.clock.runFor(ms) };
}

const debug = { name: 'debug', image: 'busybox', command: ['sleep', '600'] };

describe('[API-135] ephemeral containers', () => {
  it('come to a pod that runs, and run beside the others', () => {
    const { client, patch, runFor } = start();
    const { status, body } = patch('ephemeralcontainers', { ephemeralContainers: [debug], restartPolicy: 'Never' });
    expect(status).toBe(200);
    expect(body.spec.ephemeralContainers).toMatchObject([{ ...debug, imagePullPolicy: 'Always' }]);
    expect(body.spec.restartPolicy).toBe('Always');
    expect(body.metadata.generation).toBe(2);
    runFor(30_000);
    const pod = client.get<Pod>(`${url}/web`).body;
    expect(pod.status.ephemeralContainerStatuses).toMatchObject([
      { name: 'debug', ready: false, state: { running: {} } },
    ]);
    expect(pod.status.containerStatuses).toMatchObject([{ name: 'web', restartCount: 0, state: { running: {} } }]);
  });

  it('neither go nor change', () => {
    const { client, patch } = start();
    patch('ephemeralcontainers', { ephemeralContainers: [debug] });
    const changed = patch('ephemeralcontainers', { ephemeralContainers: [{ ...debug, image: 'alpine' }] });
    expect(changed.body.message).toContain(
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be changed',
    );
    const pod = client.get<Pod>(`${url}/web`).body;
    const spec = { ...pod.spec, ephemeralContainers: undefined };
    expect(client.send<Status>('PUT', `${url}/web/ephemeralcontainers`, { ...pod, spec }).body.message).toBe(
      'Pod "web" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be removed\n',
    );
  });
});

describe('[API-136] resize', () => {
  const sized = (resources: object) => ({ containers: [{ name: 'web', resources }] });

  it('changes the CPU of a container that runs', () => {
    const { client, patch, runFor } = start();
    const next = { requests: { cpu: '150m' }, limits: { cpu: '300m' } };
    expect(
      patch('resize', { ...sized(next), containers: [{ name: 'web', image: 'other', resources: next }] }).status,
    ).toBe(200);
    runFor(10_000);
    const { spec, status } = client.get<Pod>(`${url}/web`).body;
    expect(spec.containers[0]).toMatchObject({ image: 'nginx', resources: next });
    expect(status.containerStatuses).toMatchObject([
      { resources: next, allocatedResources: { cpu: '150m' }, restartCount: 0 },
    ]);
  });

  it.each([
    {
      resources: { limits: null },
      message: 'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed',
    },
    {
      resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { cpu: '200m', memory: '1Gi' } },
      message: 'spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    },
    {
      resources: { requests: { 'ephemeral-storage': '1Gi' } },
      message: 'spec: Forbidden: only cpu and memory resources are mutable',
    },
  ])('refuses: $message', ({ resources, message }) =>
    expect(start().patch('resize', sized(resources)).body.message).toContain(message),
  );
});
