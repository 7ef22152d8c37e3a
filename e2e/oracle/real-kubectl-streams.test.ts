import { beforeAll, describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const pods = `
apiVersion: v1
kind: Pod
metadata: { name: talker }
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: main
      image: busybox
      command: [sh, -c, 'n=0; while true; do n=$((n+1)); echo line $n; sleep 1; done']
    - { name: side, image: busybox, command: [sh, -c, 'echo from the side; sleep 3600'] }
---
apiVersion: v1
kind: Pod
metadata: { name: finished }
spec:
  restartPolicy: Never
  containers:
    - { name: main, image: busybox, command: [sh, -c, 'echo out; echo err >&2; exit 3'] }
---
apiVersion: v1
kind: Pod
metadata: { name: reader }
spec:
  containers:
    - { name: main, image: busybox, stdin: true, command: [sh, -c, 'while read line; do echo got $line; done; sleep 3600'] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - { name: nginx, image: nginx, ports: [{ containerPort: 80 }] }
`;

describe.skipIf(missing !== undefined)(`the real kubectl streams${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, fails } = clients;

  beforeAll(async () => {
    await ok('apply -f -', { stdin: pods });
    await ok('wait --for=condition=Ready pod talker reader web --timeout=20s');
    await ok(`wait --for=jsonpath='{.status.phase}'=Failed pod/finished --timeout=20s`);
  });

  it('logs', async () => {
    expect(await ok('logs finished')).toBe('out\nerr\n');
    expect(await ok('logs talker -c side')).toBe('from the side\n');
    expect((await ok('logs talker -c main --tail=2')).split('\n')).toHaveLength(3);
    expect(await ok('logs talker --all-containers --prefix')).toContain('[pod/talker/side] from the side');
    expect(await ok('logs finished --timestamps')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z out$/m);
    expect((await clients.kubectl('logs talker')).stderr).toContain('Defaulted container "main" out of: main, side');
    expect(await fails('logs talker -c nobody')).toContain('container nobody is not valid for pod talker');
    expect(await fails('logs finished --previous')).toContain('previous terminated container');
  });

  it('logs as they come', async () => {
    const following = clients.start('logs -f talker -c main --tail=1');
    await following.waitForOutput(/(line \d+\n){4}/);
    following.interrupt();
    await following.result;
  });

  it('runs commands in containers', async () => {
    expect(await ok('exec web -- cat /etc/hostname')).toBe('web\n');
    expect(await ok('exec talker -c side -- sh -c "echo out; echo err >&2"')).toBe('out\n');
    const failed = await clients.kubectl('exec web -- sh -c "echo oops >&2; exit 7"');
    expect(failed).toMatchObject({ code: 7, stderr: 'oops\ncommand terminated with exit code 7\n' });
    expect(await fails('exec web -- no-such-program')).toContain('executable file not found in $PATH');
    expect(await ok('exec -i web -- cat', { stdin: 'one\ntwo\n' })).toBe('one\ntwo\n');
    expect(await ok('exec -i web -- sh', { stdin: 'echo $((6*7))\nexit\n' })).toBe('42\n');
    expect(await ok('exec -i web -- wc -c', { stdin: 'x'.repeat(300_000) })).toMatch(/^\s*300000\n$/);
    expect(await fails('exec finished -- true')).toContain('cannot exec into a container in a completed pod');
    expect(await fails('exec nobody -- true')).toContain('pods "nobody" not found');
  });

  it('attaches to what runs', async () => {
    const attached = clients.start('attach talker -c main');
    await attached.waitForOutput(/(line \d+\n){2}/);
    attached.interrupt();
    await attached.result;
    const typing = clients.start('attach -i reader', { stdin: 'hello\n' });
    await typing.waitForOutput(/^got hello$/m);
    typing.interrupt();
    await typing.result;
  });

  it('runs a pod and shows what it prints', async () => {
    expect(await ok('run once --image=busybox --restart=Never --rm -i --quiet -- echo hello')).toContain('hello\n');
    expect(await fails('get pod once')).toContain('not found');
  });

  it('copies files', async () => {
    clients.workplace.write('copied/a.txt', 'alpha\n');
    await ok('cp copied/a.txt web:/tmp/b.txt');
    expect(await ok('exec web -- cat /tmp/b.txt')).toBe('alpha\n');
    await ok('cp web:/tmp/b.txt copied/c.txt');
    expect(await ok('exec web -- ls /tmp')).toContain('b.txt');
  });
});
