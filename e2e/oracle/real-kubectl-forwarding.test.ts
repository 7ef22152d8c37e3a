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
});
