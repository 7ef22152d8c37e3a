import { describe, expect, it } from 'vitest';
import type { Container, Probe } from '../../../api/generated/types.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const httpGet = (port: number | string, path = '/') => ({ httpGet: { port, path } });
const server = (...words: string[]) => ({ command: ['server', ...words] });
const statusOf = (cluster: TestCluster, name = 'web') => cluster.pod(name)!.status.containerStatuses![0]!;

describe('probes', () => {
  it.each<{ name: string; container: Partial<Container>; message: string }>([
    {
      name: 'a port without a listener',
      container: { ...server('80'), readinessProbe: httpGet(81) },
      message:
        'Readiness probe failed: Get "http://10.244.0.2:81/": dial tcp 10.244.0.2:81: connect: connection refused',
    },
    {
      name: 'an answer that is no success',
      container: {
        ...server('80', '503'),
        readinessProbe: httpGet('web', 'ready'),
        ports: [{ name: 'web', containerPort: 80 }],
      },
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    },
    {
      name: 'a TCP port without a listener',
      container: { readinessProbe: { tcpSocket: { port: 90 } } },
      message: 'Readiness probe failed: dial tcp 10.244.0.2:90: connect: connection refused',
    },
    {
      name: 'a command that fails',
      container: { readinessProbe: { exec: { command: ['tool', 'exit', '1'] } } },
      message: 'Readiness probe failed: ',
    },
    {
      name: 'a command that takes too long',
      container: { readinessProbe: { exec: { command: ['tool', 'sleep', '9'] } } },
      message: 'Readiness probe failed: command timed out: "tool sleep 9" timed out after 1s',
    },
    {
      name: 'a gRPC port without a listener',
      container: { readinessProbe: { grpc: { port: 9 } } },
      message:
        'Readiness probe failed: timeout: failed to connect service "10.244.0.2:9" within 1s: context deadline exceeded',
    },
  ])('[KUB-51] $name', ({ container, message }) => {
    const cluster = new TestCluster();
    cluster.create('web', container);
    cluster.run(30);
    expect(statusOf(cluster)).toMatchObject({ ready: false, started: true, restartCount: 0 });
    expect(cluster.condition('web', 'Ready')).toBe('False ContainersNotReady containers with unready status: [main]');
    const unhealthy = cluster.events('web').filter((event) => event.startsWith('Unhealthy'));
    expect(unhealthy).toHaveLength(1);
    expect(unhealthy[0]).toMatch(`Unhealthy: ${message}`);
  });

  it.each<Partial<Container>>([
    { readinessProbe: httpGet(80) },
    { readinessProbe: { tcpSocket: { port: 80 } } },
    { readinessProbe: { exec: { command: ['tool', 'exit', '0'] } } },
    { readinessProbe: { grpc: { port: 80 } } },
  ])('[KUB-50] succeed: %o', (container) => {
    const cluster = new TestCluster();
    cluster.create('web', container);
    cluster.run(8);
    expect(statusOf(cluster).ready).toBe(true);
    expect(cluster.events('web').some((event) => event.startsWith('Unhealthy'))).toBe(false);
  });

  it('[KUB-50] wait for their initial delay and their threshold', () => {
    const cluster = new TestCluster();
    cluster.create('web', {
      readinessProbe: { ...httpGet(80), initialDelaySeconds: 10, periodSeconds: 5, successThreshold: 3 },
    });
    cluster.run(20);
    expect(statusOf(cluster).ready).toBe(false);
    cluster.run(15);
    expect(statusOf(cluster).ready).toBe(true);
  });

  it('[KUB-52] restart what is not alive', () => {
    const cluster = new TestCluster();
    cluster.create('web', { livenessProbe: { ...httpGet(81), periodSeconds: 2 } });
    cluster.run(16);
    expect(statusOf(cluster)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    const events = cluster.events('web');
    expect(events).toContainEqual(
      expect.stringContaining('Killing: Container main failed liveness probe, will be restarted'),
    );
    expect(events).toContainEqual(expect.stringMatching(/^Unhealthy: Liveness probe failed: .*connection refused/));
  });

  it('[KUB-53] of the other sorts wait for the startup probe', () => {
    const cluster = new TestCluster();
    const startupProbe: Probe = { exec: { command: ['tool', 'sleep', '4'] }, timeoutSeconds: 10, periodSeconds: 1 };
    cluster.create('web', { startupProbe, livenessProbe: httpGet(80), readinessProbe: httpGet(80) });
    cluster.run(6);
    expect(statusOf(cluster)).toMatchObject({ started: false, ready: false });
    cluster.run(6);
    expect(statusOf(cluster)).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });

  it('[KUB-53] kill what does not start', () => {
    const cluster = new TestCluster();
    cluster.create('web', { startupProbe: { ...httpGet(81), periodSeconds: 1, failureThreshold: 4 } });
    cluster.run(14);
    expect(statusOf(cluster).restartCount).toBeGreaterThan(0);
    expect(cluster.events('web')).toContainEqual(
      expect.stringContaining('Killing: Container main failed startup probe, will be restarted'),
    );
  });

  it('[KUB-54] cost nothing where there are none', () => {
    const cluster = new TestCluster();
    for (let n = 0; n < 20; n++) cluster.create(`web-${n}`, {});
    cluster.run(60);
    const { clock } = cluster.cluster;
    const before = clock.pending;
    cluster.create('probed', { readinessProbe: httpGet(80) });
    cluster.run(60);
    expect(clock.pending - before).toBeLessThanOrEqual(1);
    const labels: string[] = [];
    clock.observe(({ label }) => labels.push(label.subject ?? ''));
    cluster.run(9);
    expect(labels.filter((subject) => subject.includes('web-'))).toEqual([]);
  });
});
