import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBridge, listen, writeKubeconfig } from '../../src/bridge/index.ts';
import { tlsIdentities } from '../../src/cli/tls-identities.ts';
import { serve } from '../../src/http/index.ts';
import { missing, suiteNote, useRealClients } from './real-clients.ts';
import { runProgram } from './run-program.ts';

describe.skipIf(missing !== undefined)(`the real kubectl over TLS${suiteNote}`, () => {
  const clients = useRealClients();
  let server: Server | undefined;
  let environment: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    const { simulation } = clients.cluster;
    const identities = tlsIdentities(simulation.session.cluster);
    server = createBridge(serve(simulation), identities.server);
    const url = `https://127.0.0.1:${await listen(server, 0)}`;
    environment = { KUBECONFIG: await writeKubeconfig(url, identities.admin) };
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const ok = (line: string) => clients.ok(line, { environment });
  const fails = (line: string) => clients.fails(line, { environment });

  it('is the administrator by certificate', async () => {
    expect(await ok('auth whoami')).toMatch(
      /Username +kubernetes-admin\nGroups +\[system:masters system:authenticated\]/,
    );
    expect(await ok('auth can-i create pods')).toBe('yes\n');
  });

  it('lets a new user in with a certificate that was asked for and approved', async () => {
    const { folder } = clients.workplace;
    const make = await runProgram(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'jane.key',
        '-out',
        'jane.csr',
        '-subj',
        '/O=crew/CN=jane',
      ],
      { workingDirectory: folder, environment: { PATH: process.env['PATH'] ?? '' } },
    );
    expect(make.code).toBe(0);
    const request = readFileSync(`${folder}/jane.csr`).toString('base64');
    clients.workplace.write(
      'csr.yaml',
      `apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: { name: jane }\nspec:\n  request: ${request}\n  signerName: kubernetes.io/kube-apiserver-client\n  expirationSeconds: 86400\n  usages: [client auth]\n`,
    );
    await ok('apply -f csr.yaml');
    expect(await ok('get csr')).toMatch(
      /jane +\d+s +kubernetes.io\/kube-apiserver-client +kubernetes-admin +24h +Pending/,
    );
    expect(await ok('certificate approve jane')).toBe('certificatesigningrequest.certificates.k8s.io/jane approved\n');
    await ok("wait csr/jane --for=jsonpath='{.status.certificate}' --timeout=10s");
    const certificate = await ok("get csr jane -o jsonpath='{.status.certificate}'");
    clients.workplace.write('jane.crt', Buffer.from(certificate, 'base64').toString());
    await ok('config set-credentials jane --client-certificate=jane.crt --client-key=jane.key --embed-certs');
    await ok('config set-context jane --cluster=drydock --user=jane');
    expect(await ok('auth whoami --context=jane')).toMatch(/Username +jane\nGroups +\[crew system:authenticated\]/);
    expect(await fails('get pods --context=jane')).toBe(
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n',
    );
    await ok('create rolebinding crew --clusterrole=view --group=crew');
    expect(await fails('get pods --context=jane -n kube-public')).toContain('(Forbidden)');
    await ok('get pods --context=jane');
    const mayNot = await clients.kubectl('auth can-i list secrets --context=jane', { environment });
    expect(mayNot).toMatchObject({ code: 1, stdout: 'no\n' });
  });

  it('speaks as a service account by its token, and refuses what is no token', async () => {
    const token = (await ok('create token default')).trim();
    expect(await ok(`auth whoami --kubeconfig=${await tokenConfig(token)}`)).toContain(
      'system:serviceaccount:default:default',
    );
    expect(await fails(`get pods --kubeconfig=${await tokenConfig(`${token}x`)}`)).toContain(
      'You must be logged in to the server',
    );
  });

  async function tokenConfig(token: string): Promise<string> {
    const url = await ok("config view --raw -o jsonpath='{.clusters[0].cluster.server}'");
    const authority = await ok("config view --raw -o jsonpath='{.clusters[0].cluster.certificate-authority-data}'");
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: url, 'certificate-authority-data': authority } }],
      users: [{ name: 'u', user: { token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    };
    return clients.workplace.write('token.yaml', JSON.stringify(config), 0o600);
  }
});
