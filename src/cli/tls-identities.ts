import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Credentials, TlsIdentity } from '../bridge/index.ts';
import type { Cluster } from '../cluster/index.ts';

const yearMs = 365 * 24 * 3_600_000;
const loopback = [Uint8Array.of(127, 0, 0, 1), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)];
const serviceNames = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];

/**
 * What a bridge shows of itself over TLS, and what the administrator shows to it, both signed by the cluster's authority.
 * Their keys are the host's: nothing in the cluster depends on them.
 */
export function tlsIdentities({ apiServer, clock }: Cluster): {
  readonly server: TlsIdentity;
  readonly admin: Credentials;
} {
  // Clients go by the host's clock, the API server by the cluster's.
  const nowMs = Math.min(clock.nowMs, Date.now());
  const identity = (commonName: string, organizations: string[], usage: string, dnsNames: string[]): TlsIdentity => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificate = apiServer.authority.issue({
      subject: { commonName, organizations },
      publicKey: publicKey.export({ format: 'der', type: 'spki' }),
      usages: ['digital signature', 'key encipherment', usage],
      names: { dnsNames, addresses: dnsNames.length > 0 ? loopback : [], hasOthers: false },
      nowMs,
      lifetimeMs: yearMs,
      serial: Uint8Array.of(1, ...randomBytes(8)),
    });
    return { certificate, key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
  };
  return {
    server: identity('kube-apiserver', [], 'server auth', ['localhost', ...serviceNames]),
    admin: {
      authority: apiServer.authority.certificatePem,
      client: identity('kubernetes-admin', ['system:masters'], 'client auth', []),
    },
  };
}
