import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const pods = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - { name: nginx, image: nginx, ports: [{ containerPort: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 8080, targetPort: 80 }] }
`;

const transports: readonly { name: string; environment: Readonly<Record<string, string>> }[] = [
  { name: 'SPDY inside a WebSocket', environment: {} },
  {
    name: 'SPDY',
    environment: { KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false', KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false' },
  },
];

describe.skipIf(missing !== undefined)(`the real kubectl forwards${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, fails } = clients;

  beforeAll(async () => {
    await ok('apply -f -', { stdin: pods });
    await ok('wait --for=condition=Ready pod web --timeout=20s');
  });

  /** Starts a port-forward; gives the local address. */
  async function forward(line: string, environment: Readonly<Record<string, string>>) {
    const forwarding = clients.start(line, { environment });
    const [, address] = await forwarding.waitForOutput(/Forwarding from (127\.0\.0\.1:\d+)/);
    const end = async () => {
      forwarding.interrupt();
      return forwarding.result;
    };
    return { address: address!, end };
  }

  describe.each(transports)('over $name', ({ environment }) => {
    it('ports of a pod', async () => {
      const { address, end } = await forward('port-forward pod/web :80', environment);
      const pages = await Promise.all(
        ['/', '/missing'].map(async (path) => {
          const response = await fetch(`http://${address}${path}`);
          return [response.status, await response.text()];
        }),
      );
      expect(pages).toMatchObject([
        [200, expect.stringContaining('Welcome to nginx!')],
        [404, expect.stringContaining('404 Not Found')],
      ]);
      expect((await end()).stdout).toContain('Handling connection for');
    });

    it('a port of a service', async () => {
      const { address, end } = await forward('port-forward service/web :8080', environment);
      expect((await fetch(`http://${address}/`)).status).toBe(200);
      await end();
    });

    it('a port that nobody listens on', async () => {
      const { address, end } = await forward('port-forward pod/web :81', environment);
      await expect(fetch(`http://${address}/`)).rejects.toThrow('fetch failed');
      expect((await end()).stderr).toContain('connect: connection refused');
    });

    it('nothing of a pod that is not there', async () => {
      expect(await fails('port-forward pod/nobody 80', { environment })).toContain('pods "nobody" not found');
    });

    it('commands, their input and their exit status', async () => {
      expect(await ok('exec -i web -- wc -c', { environment, stdin: 'x'.repeat(300_000) })).toMatch(/^\s*300000\n$/);
      const failed = await clients.kubectl('exec web -- sh -c "echo out; echo oops >&2; exit 7"', { environment });
      expect(failed).toEqual({ code: 7, stdout: 'out\n', stderr: 'oops\ncommand terminated with exit code 7\n' });
      expect(await fails('exec nobody -- true', { environment })).toContain('pods "nobody" not found');
    });
  });

  it('the whole API, as a proxy', async () => {
    const proxying = clients.start('proxy --port=0 --api-prefix=/k8s --www=.');
    const [, port] = await proxying.waitForOutput(/Starting to serve on 127\.0\.0\.1:(\d+)/);
    const url = `http://127.0.0.1:${port}`;
    const list = (await (await fetch(`${url}/k8s/api/v1/pods`)).json()) as { readonly kind: string };
    expect(list.kind).toBe('PodList');
    expect((await fetch(`${url}/k8s/metrics`)).status).toBe(200);
    // By default, commands go through no proxy.
    expect((await fetch(`${url}/k8s/api/v1/namespaces/default/pods/web/exec?command=ls`)).status).toBe(403);
    proxying.interrupt();
    await proxying.result;
  });

  it('the logs of several pods as they come', async () => {
    const loop = ['sh', '-c', 'while true; do echo from $HOSTNAME; sleep 1; done'];
    const pod = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: 'talk' } },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'busybox', command: loop }] },
    });
    await ok('apply -f -', { stdin: ['talk-a', 'talk-b'].map((name) => JSON.stringify(pod(name))).join('\n---\n') });
    await ok('wait --for=condition=Ready pod -l app=talk --timeout=20s');
    const following = clients.start('logs -f -l app=talk --prefix --tail=1');
    await following.waitForOutput(/(?:talk-a\/main\] from talk-a[\s\S]*){3}/);
    await following.waitForOutput(/(?:talk-b\/main\] from talk-b[\s\S]*){3}/);
    following.interrupt();
    await following.result;
    await ok('delete pod -l app=talk --now');
  });

  it('folders and binary files, there and back', async () => {
    const binary = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)).repeat(400);
    clients.workplace.write('there/deep/er/binary', binary);
    clients.workplace.write('there/plain', 'plain\n');
    await ok('cp there web:/tmp/copied');
    const sum = (await ok('exec web -- sha256sum /tmp/copied/deep/er/binary')).split(' ')[0];
    await ok('cp web:/tmp/copied back');
    const back = readFileSync(join(clients.workplace.folder, 'back/deep/er/binary'));
    expect(createHash('sha256').update(back).digest('hex')).toBe(sum);
    expect(back.toString('utf8')).toBe(binary);
    expect(readFileSync(join(clients.workplace.folder, 'back/plain'), 'utf8')).toBe('plain\n');
  });
});
