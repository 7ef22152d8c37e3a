import { describe, expect, it } from 'vitest';
import type { Container } from '../../../api/generated/types.ts';
import { BackOff } from '../back-off.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const tool = (...words: string[]) => ({ image: 'tool:1', command: ['tool', ...words] });
const statusOf = (cluster: TestCluster, name: string) => cluster.pod(name)!.status.containerStatuses![0]!;

describe('a container that ends', () => {
  it.each<{ policy: string; code: number; phase: string; isRestarted: boolean; container?: Partial<Container> }>([
    { policy: 'Always', code: 0, phase: 'Running', isRestarted: true },
    { policy: 'Always', code: 1, phase: 'Running', isRestarted: true },
    { policy: 'OnFailure', code: 0, phase: 'Succeeded', isRestarted: false },
    { policy: 'OnFailure', code: 1, phase: 'Running', isRestarted: true },
    { policy: 'Never', code: 0, phase: 'Succeeded', isRestarted: false },
    { policy: 'Never', code: 1, phase: 'Failed', isRestarted: false },
    {
      policy: 'Never',
      code: 42,
      phase: 'Running',
      isRestarted: true,
      container: {
        restartPolicy: 'Never',
        restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
      },
    },
  ])('[KUB-30] with $code and $policy', ({ policy, code, phase, isRestarted, container }) => {
    const cluster = new TestCluster();
    cluster.create('job', { ...tool('exit', String(code)), ...container }, { restartPolicy: policy });
    cluster.run(12);
    expect(cluster.pod('job')!.status.phase).toBe(phase);
    expect(statusOf(cluster, 'job').restartCount > 0).toBe(isRestarted);
  });

  it('[KUB-31] waits longer each time', () => {
    const cluster = new TestCluster();
    cluster.create('crash', tool('exit', '1'));
    const startedAt = new Set<string>();
    const messages = new Set<string>();
    for (let second = 0; second < 1500; second++) {
      cluster.run(1);
      const { state, lastState } = statusOf(cluster, 'crash');
      const started = (state?.terminated ?? lastState?.terminated)?.startedAt;
      if (started) startedAt.add(started);
      if (state?.waiting?.reason === 'CrashLoopBackOff') messages.add(state.waiting.message!);
    }
    const times = [...startedAt].map((time) => Date.parse(time) / 1000);
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    expect(gaps[0]).toBeLessThan(5);
    const expected = [10, 20, 40, 80, 160, 300];
    for (const [index, wait] of expected.entries()) {
      expect(gaps[index + 1]).toBeGreaterThanOrEqual(wait);
      expect(gaps[index + 1]).toBeLessThan(wait * 1.5 + 3);
    }
    const { uid } = cluster.pod('crash')!.metadata;
    expect([...messages].at(-1)).toBe(`back-off 5m0s restarting failed container=main pod=crash_default(${uid})`);
    expect(cluster.events('crash')).toContainEqual(
      expect.stringContaining(`BackOff: Back-off restarting failed container main in pod crash_default(${uid})`),
    );
  });

  it('[KUB-31] starts over after a long time without trouble', () => {
    const backOff = new BackOff(10_000, 300_000);
    backOff.next('x', 0, 0);
    backOff.next('x', 1000, 1000);
    expect(backOff.untilMs('x', 2000)).toBe(22_000);
    expect(backOff.untilMs('x', 700_000)).toBe(0);
    backOff.next('x', 700_000, 700_000);
    expect(backOff.delayMs('x')).toBe(10_000);
  });

  it('[KUB-32] says how it ended, and how the one before it did', () => {
    const cluster = new TestCluster();
    cluster.create('crash', tool('sleep', '2', '7'));
    cluster.run(7);
    const { state, restartCount } = statusOf(cluster, 'crash');
    const first = restartCount === 0 ? state!.terminated! : statusOf(cluster, 'crash').lastState!.terminated!;
    expect(first).toMatchObject({ exitCode: 7, reason: 'Error' });
    expect(Date.parse(first.finishedAt!) - Date.parse(first.startedAt!)).toBe(2000);
    cluster.run(2.5);
    expect(statusOf(cluster, 'crash')).toMatchObject({ restartCount: 1, lastState: { terminated: first } });
  });

  it.each([
    { command: ['foo'], problem: 'exec: "foo": executable file not found in $PATH' },
    { command: ['/bin/foo'], problem: 'exec: "/bin/foo": stat /bin/foo: no such file or directory' },
    { command: ['/etc/passwd'], problem: 'exec: "/etc/passwd": permission denied' },
    { command: ['/etc'], problem: 'exec: "/etc": is a directory' },
  ])('[KUB-33] never runs $command', ({ command, problem }) => {
    const cluster = new TestCluster();
    cluster.create('typo', { image: 'tool:1', command });
    cluster.run(6);
    const message =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
      `unable to start container process: error during container init: ${problem}`;
    expect(statusOf(cluster, 'typo')).toMatchObject({
      state: { waiting: { reason: 'RunContainerError', message } },
      lastState: {
        terminated: { exitCode: 128, reason: 'StartError', message, startedAt: '1970-01-01T00:00:00Z' },
      },
    });
    expect(cluster.events('typo')).toContainEqual(expect.stringContaining(`Failed: Error: ${message}`));
  });

  it.each([
    { container: tool('write', '/dev/termination-log', 'no disk'), message: 'no disk' },
    {
      container: { ...tool('write', '/tmp/why', 'no luck'), terminationMessagePath: '/tmp/why' },
      message: 'no luck',
    },
    {
      container: { ...tool('fetch', 'nowhere', '80'), terminationMessagePolicy: 'FallbackToLogsOnError' },
      message: 'NXDOMAIN\n',
    },
    { container: tool('fetch', 'nowhere', '80'), message: undefined },
  ])('[KUB-34] leaves the message $message', ({ container, message }) => {
    const cluster = new TestCluster();
    cluster.create('job', container, { restartPolicy: 'Never' });
    cluster.run(8);
    expect(statusOf(cluster, 'job').state?.terminated?.message).toBe(message);
  });
});
