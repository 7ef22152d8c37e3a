import { createPublicKey, createVerify, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CertificateSigningRequest, Pod, TokenReview } from '../../../api/generated/types.ts';
import type { Status } from '../../../api/index.ts';
import { createCluster } from '../../cluster.ts';
import { noNames } from '../../pki/code/index.ts';
import { requests } from '../../pki/testing/requests.ts';
import { TestClient } from '../test-client.ts';

const namespace = '/api/v1/namespaces/default';

function newCluster() {
  const cluster = createCluster({ seed: 1, nodes: 1, freeze: true });
  cluster.clock.runFor(60_000);
  const client = new TestClient(cluster);
  const request = (spec: object = {}) =>
    client.send<{ status: { token: string } }>('POST', `${namespace}/serviceaccounts/default/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec,
    });
  const whoami = (headers: Readonly<Record<string, string>>) =>
    client.send<{ status: { userInfo: { username: string; groups: string[]; extra?: Record<string, string[]> } } }>(
      'POST',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      headers,
    );
  return { cluster, client, request, whoami };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

describe('authentication', () => {
  it('[API-120] signs tokens so that others can check them with the published key', () => {
    const { client, request } = newCluster();
    const { token } = request().body.status;
    const configuration = client.get<string>('/.well-known/openid-configuration').body;
    expect(JSON.parse(configuration)).toMatchObject({
      issuer: 'https://kubernetes.default.svc.cluster.local',
      id_token_signing_alg_values_supported: ['ES256'],
    });
    const { keys } = JSON.parse(client.get<string>('/openid/v1/jwks').body) as {
      keys: (Record<string, string> & { kid: string })[];
    };
    const [header, payload, signature] = token.split('.') as [string, string, string];
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'ES256', kid: keys[0]!.kid });
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    const check = createVerify('sha256').update(`${header}.${payload}`);
    expect(check.verify({ key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('[API-120] ends a token with what it is bound to, and lets it be used by its audience only', () => {
    const { cluster, client, request, whoami } = newCluster();
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    const { uid } = client.send<Pod>('POST', `${namespace}/pods`, pod).body.metadata;
    const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'web' };
    const { token } = request({ boundObjectRef }).body.status;
    expect(whoami(bearer(token)).body.status.userInfo).toMatchObject({
      username: 'system:serviceaccount:default:default',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/pod-name': ['web'], 'authentication.kubernetes.io/pod-uid': [uid] },
    });
    expect(request({ boundObjectRef: { ...boundObjectRef, uid: 'other' } }).status).toBe(409);
    const vault = request({ audiences: ['vault'] }).body.status.token;
    expect(whoami(bearer(vault)).status).toBe(401);
    const review = (audiences?: string[]) =>
      client.send<TokenReview>('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token: vault, ...(audiences && { audiences }) },
      }).body.status;
    expect(review(['vault', 'x'])).toMatchObject({ authenticated: true, audiences: ['vault'] });
    expect(review()).toMatchObject({
      error:
        '[invalid bearer token, token audiences ["vault"] is invalid for the target audiences ["https://kubernetes.default.svc.cluster.local"]]',
    });
    client.send('DELETE', `${namespace}/pods/web?gracePeriodSeconds=0`);
    cluster.clock.runFor(1000);
    expect(whoami(bearer(token)).status).toBe(401);
  });

  it('[API-120] takes no token that somebody changed', () => {
    const { request, whoami } = newCluster();
    const { token } = request().body.status;
    const [header, , signature] = token.split('.') as [string, string, string];
    const claims = { ...claimsOf(token), sub: 'system:serviceaccount:kube-system:default' };
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    for (const each of [forged, `${token}x`, 'x.y.z', 'x', '..', `${header}.${header}.${signature}`]) {
      expect(whoami(bearer(each)).status).toBe(401);
    }
  });

  it('[API-121] knows who has a client certificate of its own authority', () => {
    const { cluster, whoami } = newCluster();
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const issue = (usages: string[]) =>
      cluster.apiServer.authority.issue({
        subject: { commonName: 'jane', organizations: ['crew'] },
        publicKey: publicKey.export({ format: 'der', type: 'spki' }),
        usages,
        names: noNames,
        nowMs: cluster.clock.nowMs,
        lifetimeMs: 3_600_000,
      });
    const header = (pem: string) => ({
      'client-cert': `:${new X509Certificate(pem).raw.toString('base64')}:`,
      'x-forwarded-proto': 'https',
    });
    const pem = issue(['client auth']);
    const { fingerprint256 } = new X509Certificate(pem);
    expect(whoami(header(pem)).body.status.userInfo).toEqual({
      username: 'jane',
      groups: ['crew', 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/credential-id': [
          `X509SHA256=${fingerprint256.replaceAll(':', '').toLowerCase()}`,
        ],
      },
    });
    expect(whoami(header(issue(['server auth']))).status).toBe(401);
    cluster.clock.runFor(3_601_000);
    expect(whoami(header(pem)).status).toBe(401);
  });

  it('[API-122] shows the public pages alone to who comes over TLS without credentials', () => {
    const { client } = newCluster();
    const headers = { 'x-forwarded-proto': 'https' };
    expect(client.get('/version', headers).status).toBe(200);
    expect(client.get('/api', headers)).toMatchObject({
      status: 403,
      body: { message: 'forbidden: User "system:anonymous" cannot get path "/api"' },
    });
    expect(client.get(`${namespace}/pods`, headers)).toMatchObject({ status: 403 });
  });

  it('[API-121] publishes the certificate of the authority in every namespace', () => {
    const { client } = newCluster();
    const { data } = client.get<{ data: Record<string, string> }>(`${namespace}/configmaps/kube-root-ca.crt`)
      .body as unknown as { data: Record<string, string> };
    expect(new X509Certificate(data['ca.crt']!).subject).toBe('CN=kubernetes');
  });

  it('[API-123] signs what has been asked for and approved', () => {
    const { cluster, client, whoami } = newCluster();
    const path = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
    const csr = (name: string, pem: string, usages = ['client auth']) => ({
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name },
      spec: { request: Buffer.from(pem).toString('base64'), signerName: 'kubernetes.io/kube-apiserver-client', usages },
    });
    const created = client.send<CertificateSigningRequest>('POST', path, csr('jane', requests['RSA']!.pem), {
      'impersonate-user': 'jane',
      'impersonate-group': 'system:masters',
    });
    expect(created).toMatchObject({
      status: 201,
      body: { spec: { username: 'jane', groups: ['system:masters', 'system:authenticated'] } },
    });
    const approve = (request: CertificateSigningRequest, user = {}) =>
      client.send<CertificateSigningRequest>(
        'PUT',
        `${path}/${request.metadata.name}/approval`,
        { ...request, status: { conditions: [{ type: 'Approved', status: 'True', reason: 'KubectlApprove' }] } },
        user,
      );
    expect(approve(created.body, { 'impersonate-user': 'jane' }).status).toBe(403);
    expect(approve(created.body)).toMatchObject({ status: 200 });
    cluster.clock.runFor(1000);
    const issued = client.get<CertificateSigningRequest>(`${path}/jane`).body;
    const pem = Buffer.from(issued.status.certificate!, 'base64').toString();
    const raw = new X509Certificate(pem).raw.toString('base64');
    expect(whoami({ 'client-cert': `:${raw}:` }).body.status.userInfo).toMatchObject({
      username: 'jane',
      groups: ['crew', 'harbour', 'system:authenticated'],
    });
    const table = client.get<{ rows: { cells: string[] }[] }>(path, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(table.body.rows[0]!.cells.slice(2)).toEqual([
      'kubernetes.io/kube-apiserver-client',
      'jane',
      '<none>',
      'Approved,Issued',
    ]);
    const denied = { ...issued, status: { conditions: [{ type: 'Denied', status: 'True' }] } };
    expect(client.send<Status>('PUT', `${path}/jane/approval`, denied).body.message).toContain(
      'updates may not remove a condition of type "Approved"',
    );
    expect(client.send<Status>('POST', path, csr('bad', 'no request')).body.message).toContain(
      'PEM block type must be CERTIFICATE REQUEST',
    );
    const wrong = client.send<CertificateSigningRequest>(
      'POST',
      path,
      csr('wrong', requests['P-256']!.pem, ['server auth']),
    ).body;
    approve(wrong);
    cluster.clock.runFor(1000);
    expect(client.get<CertificateSigningRequest>(`${path}/wrong`).body.status).toMatchObject({
      conditions: [{ type: 'Approved' }, { type: 'Failed', reason: 'SignerValidationFailure' }],
    });
  });
});
