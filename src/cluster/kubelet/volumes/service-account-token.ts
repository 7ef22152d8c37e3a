/**
 * A token by which a program in a pod says which service account it is: a JSON Web Token, as the API server issues them.
 * Upstream: pkg/kubelet/token, pkg/serviceaccount/claims.go
 * Differs: the signature is random; nobody in the cluster checks it.
 */
import { encodeUtf8, type RandomStream, type VirtualClock } from '../../../kernel/index.ts';
import { encodeBase64 } from '../../../shell/codec/base64.ts';
import type { Pod } from '../../../api/generated/types.ts';

const issuer = 'https://kubernetes.default.svc.cluster.local';

export function serviceAccountToken(
  { metadata, spec }: Pod,
  nodeName: string,
  audience: string | undefined,
  expirationSeconds: number,
  { clock, random }: { readonly clock: VirtualClock; readonly random: RandomStream },
): string {
  const issuedAt = Math.floor(clock.nowMs / 1000);
  const account = spec.serviceAccountName ?? 'default';
  const claims = {
    aud: [audience ?? issuer],
    exp: issuedAt + expirationSeconds,
    iat: issuedAt,
    iss: issuer,
    jti: random.uuid(),
    'kubernetes.io': {
      namespace: metadata.namespace,
      node: { name: nodeName },
      pod: { name: metadata.name, uid: metadata.uid },
      serviceaccount: { name: account },
    },
    nbf: issuedAt,
    sub: `system:serviceaccount:${metadata.namespace}:${account}`,
  };
  const signature = random.text(86, base64UrlAlphabet);
  return `${header}.${base64Url(encodeUtf8(JSON.stringify(claims)))}.${signature}`;
}

const base64UrlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const header = base64Url(encodeUtf8(JSON.stringify({ alg: 'ES256', kid: 'drydock' })));

function base64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
