import { describe, expect, it } from 'vitest';
import { parseGoDuration } from '../../../api/duration.ts';
import { TestCluster } from '../testing/test-cluster.ts';
import { fullReference } from './image-errors.ts';

const waiting = (cluster: TestCluster, name: string) => cluster.pod(name)!.status.containerStatuses![0]!.state!.waiting;

describe('images', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['bitnami/redis', 'docker.io/bitnami/redis:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
  ])('%s is %s', (reference, full) => expect(fullReference(reference)).toBe(full));

  it('[KUB-20] are pulled one at a time', () => {
    const cluster = new TestCluster();
    cluster.create('one', {});
    cluster.create('two', { image: 'tool:1', command: ['tool', 'sleep', '9'] });
    cluster.run(10);
    const waits = ['one', 'two'].map((name) => {
      const [, own, total] = /in (\S+) \((\S+) including waiting\)\. Image size: \d+ bytes\./.exec(
        cluster.events(name)[1]!,
      )!;
      return parseGoDuration(total!) - parseGoDuration(own!);
    });
    expect(Math.min(...waits)).toBe(0);
    expect(Math.max(...waits)).toBeGreaterThan(300);
  });

  it.each([
    { imagePullPolicy: 'IfNotPresent', events: ['Pulled', 'Created', 'Started'] },
    { imagePullPolicy: 'Always', events: ['Pulling', 'Pulled', 'Created', 'Started'] },
    { imagePullPolicy: 'Never', events: ['Pulled', 'Created', 'Started'] },
  ])('[KUB-21] that are there with $imagePullPolicy', ({ imagePullPolicy, events }) => {
    const cluster = new TestCluster();
    cluster.create('first', {});
    cluster.run(10);
    cluster.create('web', { imagePullPolicy });
    cluster.run(10);
    expect(cluster.events('web').map((event) => event.split(':')[0])).toEqual(events);
    const [first] = cluster.events('web');
    if (imagePullPolicy === 'Always') return;
    expect(first).toBe('Pulled: Container image "server:1" already present on machine and can be accessed by the pod');
  });

  it('[KUB-21] are not pulled with Never', () => {
    const cluster = new TestCluster();
    cluster.create('web', { imagePullPolicy: 'Never' });
    cluster.run(5);
    const message = 'Container image "server:1" is not present with pull policy of Never';
    expect(waiting(cluster, 'web')).toEqual({ reason: 'ErrImageNeverPull', message });
    const events = cluster.events('web').map((event) => event.replace(/ x\d+$/, ''));
    expect(events).toEqual([`ErrImageNeverPull: ${message}`, 'Failed: Error: ErrImageNeverPull']);
  });

  it('[KUB-22] that do not exist are tried again and again', () => {
    const cluster = new TestCluster();
    cluster.create('web', { image: 'server:nope' });
    const error =
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/server:nope": ' +
      'failed to resolve reference "docker.io/library/server:nope": docker.io/library/server:nope: not found';
    const seen = new Map<string, string>();
    for (let second = 0; second < 40; second++) {
      cluster.run(1);
      const state = waiting(cluster, 'web')!;
      seen.set(state.reason!, state.message ?? '');
    }
    expect(Object.fromEntries(seen)).toEqual({
      ContainerCreating: '',
      ErrImagePull: error,
      ImagePullBackOff: `Back-off pulling image "server:nope": ErrImagePull: ${error}`,
    });
    cluster.run(1500);
    const pulling = cluster.events('web').find((event) => event.startsWith('Pulling'));
    expect(Number(/x(\d+)/.exec(pulling!)?.[1])).toBeLessThan(12);
    expect(cluster.events('web')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Failed: Failed to pull image "server:nope": rpc error: code = NotFound desc = /),
        expect.stringMatching(/^Failed: Error: ErrImagePull/),
        expect.stringMatching(/^BackOff: Back-off pulling image "server:nope" x/),
        expect.stringMatching(/^Failed: Error: ImagePullBackOff/),
      ]),
    );
  });

  it('[KUB-23] with a malformed name', () => {
    const cluster = new TestCluster();
    cluster.create('web', { image: 'Server:1' });
    cluster.run(5);
    expect(waiting(cluster, 'web')).toEqual({
      reason: 'InvalidImageName',
      message:
        'Failed to apply default image tag "Server:1": couldn\'t parse image name "Server:1": ' +
        'invalid reference format: repository name (library/Server) must be lowercase',
    });
  });
});
