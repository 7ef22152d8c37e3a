import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, type Routine } from '../../../kernel/index.ts';
import type { LogRequest, RemoteProcess } from '../kubelet-server.ts';
import { Task } from '../task.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const tool = (...words: string[]) => ({ image: 'tool:1', command: ['tool', ...words] });
const serverOf = (cluster: TestCluster) => cluster.kubelets[0]!.server;
const uidOf = (cluster: TestCluster, name = 'web') => cluster.pod(name)!.metadata.uid;

function logs(cluster: TestCluster, options: Partial<LogRequest> = {}) {
  const read = { text: '', isOver: false };
  const defaults = { podUid: uidOf(cluster), container: 'main', previous: false, follow: false, timestamps: false };
  const stop = serverOf(cluster)
    .logs({ ...defaults, ...options })
    .start(
      (bytes) => (read.text += decodeUtf8(bytes)),
      () => (read.isOver = true),
    );
  return { read, stop };
}

function collect(process: RemoteProcess) {
  const seen = {
    stdout: '',
    stderr: '',
    code: undefined as number | undefined,
    error: undefined as string | undefined,
  };
  process.onOutput((stream, bytes) => (seen[stream] += decodeUtf8(bytes)));
  process.onExit(({ code, error }) => Object.assign(seen, { code, error }));
  return seen;
}

const streams = { stdin: false, stdout: true, stderr: true, tty: false };

describe('logs', () => {
  it('[KUB-70] are read whole, in part, with times', () => {
    const cluster = new TestCluster();
    cluster.create('web', tool('echo', 'one\ntwo\nthree'), { restartPolicy: 'Never' });
    cluster.run(8);
    const { nowMs } = cluster.cluster.clock;
    expect(logs(cluster).read).toEqual({ text: 'one\ntwo\nthree\n', isOver: true });
    expect(logs(cluster, { tailLines: 2 }).read.text).toBe('two\nthree\n');
    expect(logs(cluster, { tailLines: 0 }).read.text).toBe('');
    expect(logs(cluster, { limitBytes: 5 }).read.text).toBe('one\nt');
    expect(logs(cluster, { sinceMs: nowMs }).read.text).toBe('');
    expect(logs(cluster, { timestamps: true, tailLines: 1 }).read.text).toMatch(
      /^2026-01-05T09:00:\d\d\.\d{9}Z three\n$/,
    );
    expect(logs(cluster, { follow: true }).read).toEqual({ text: 'one\ntwo\nthree\n', isOver: true });
  });

  it('[KUB-70] are followed to the end of the container, and the one before is kept', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(8);
    const first = logs(cluster, { follow: true });
    expect(first.read).toEqual({ text: 'listening on 80\n', isOver: false });
    const exec = serverOf(cluster).exec({
      podUid: uidOf(cluster),
      container: 'main',
      command: ['tool', 'echo'],
      ...streams,
    });
    exec.disconnect();
    cluster.kubelets[0]!.workerOf(uidOf(cluster))!.state.runtime.latest('main')!.signal();
    cluster.run(5);
    expect(first.read.isOver).toBe(true);
    expect(logs(cluster, { previous: true }).read.text).toBe('listening on 80\n');
  });

  it('[KUB-71] of a container that waits are refused with the reason', () => {
    const cluster = new TestCluster();
    cluster.create('web', { image: 'server:nope' });
    cluster.run(0.5);
    expect(() => logs(cluster)).toThrow('container "main" in pod "web" is waiting to start: ContainerCreating');
    cluster.run(4);
    expect(() => logs(cluster)).toThrow(
      /container "main" in pod "web" is waiting to start: (image can't be pulled|trying)/,
    );
    expect(() => logs(cluster, { previous: true })).toThrow(
      'previous terminated container "main" in pod "web" not found',
    );
  });
});

describe('exec', () => {
  const exec = (cluster: TestCluster, command: string[], options: Partial<typeof streams> = {}) =>
    serverOf(cluster).exec({ podUid: uidOf(cluster), container: 'main', command, ...streams, ...options });
  const started = () => {
    const cluster = new TestCluster();
    cluster.create('web', { env: [{ name: 'COLOR', value: 'red' }], stdin: true });
    cluster.run(8);
    return cluster;
  };

  it('[KUB-72] runs a command', () => {
    const cluster = started();
    const echo = collect(exec(cluster, ['tool', 'echo', 'hi']));
    const env = collect(exec(cluster, ['tool', 'env']));
    const exit = collect(exec(cluster, ['tool', 'exit', '3']));
    const failed = collect(exec(cluster, ['tool', 'fetch', 'nowhere', '80']));
    cluster.run(1);
    expect(echo).toEqual({ stdout: 'hi\n', stderr: '', code: 0, error: undefined });
    expect(env.stdout).toContain('COLOR=red\n');
    expect(exit.code).toBe(3);
    expect(failed).toMatchObject({ code: 6, stderr: 'NXDOMAIN\n' });
  });

  it('[KUB-72] gives it input', () => {
    const cluster = started();
    const process = exec(cluster, ['tool', 'copy'], { stdin: true });
    const seen = collect(process);
    process.write(encodeUtf8('ab'));
    cluster.run(1);
    expect(seen).toMatchObject({ stdout: 'ab', code: undefined });
    process.closeStdin();
    cluster.run(1);
    expect(seen.code).toBe(0);
  });

  it('[KUB-72] edits lines on a terminal', () => {
    const cluster = started();
    const process = exec(cluster, ['tool', 'copy'], { stdin: true, tty: true });
    const seen = collect(process);
    process.write(encodeUtf8('hex\u007fllo\r'));
    cluster.run(1);
    expect(seen.stdout).toBe('hex\b \bllo\r\nhello\r\n');
    process.write(encodeUtf8('\u0004'));
    cluster.run(1);
    expect(seen.code).toBe(0);
    const asleep = exec(cluster, ['tool', 'sleep', '99'], { stdin: true, tty: true });
    const end = collect(asleep);
    cluster.run(1);
    asleep.write(encodeUtf8('\u0003'));
    expect(end).toMatchObject({ stdout: '^C', code: 130 });
  });

  it('[KUB-72] has runc say why a command is none', () => {
    const cluster = started();
    const { error } = collect(exec(cluster, ['bash']));
    expect(error).toMatch(
      /^error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in \$PATH$/,
    );
  });

  it('[KUB-72] ends with the container', () => {
    const cluster = started();
    const seen = collect(exec(cluster, ['tool', 'sleep', '99']));
    cluster.kubelets[0]!.workerOf(uidOf(cluster))!.state.runtime.latest('main')!.signal('SIGKILL');
    cluster.run(0.01);
    expect(seen.code).toBe(137);
    expect(() => exec(cluster, ['tool', 'env'])).toThrow('unable to upgrade connection: container not found ("main")');
  });
});

describe('attach', () => {
  it('[KUB-73] shows output and gives input', () => {
    const cluster = new TestCluster();
    cluster.create('web', { ...tool('copy'), stdin: true, stdinOnce: true }, { restartPolicy: 'Never' });
    cluster.run(8);
    const process = serverOf(cluster).attach({ podUid: uidOf(cluster), container: 'main', ...streams, stdin: true });
    const seen = collect(process);
    process.write(encodeUtf8('hi\n'));
    cluster.run(1);
    expect(seen.stdout).toBe('hi\n');
    process.disconnect();
    cluster.run(3);
    expect(cluster.pod('web')!.status.phase).toBe('Succeeded');
    expect(logs(cluster).read.text).toBe('hi\n');
  });
});

describe('port-forward', () => {
  it('[KUB-74] reaches what listens in the pod', () => {
    const cluster = new TestCluster();
    cluster.create('web', {});
    cluster.run(8);
    const { clock } = cluster.cluster;
    const server = serverOf(cluster);
    expect(server.portForward(uidOf(cluster), 81)).toBeUndefined();
    const { source, sink } = server.portForward(uidOf(cluster), 80)!;
    let answer = '';
    const talk = function* (): Routine<void> {
      yield* sink.write(encodeUtf8('GET / HTTP/1.1\r\n\r\n'));
      for (let bytes = yield* source.read(); bytes; bytes = yield* source.read()) answer += decodeUtf8(bytes);
    };
    new Task(clock, { component: 'test', action: 'talk' }, talk());
    cluster.run(1);
    expect(answer).toBe('HTTP/1.1 200 Some\r\nContent-Length: 3\r\n\r\nweb');
  });
});
