import type { CertificateSigningRequest } from '../../../api/generated/types.ts';
import type { ObjectKey } from '../../../api/index.ts';
import { certificateSigningRequests } from '../../apiserver/registry/index.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { CertificateAuthority } from '../../pki/certificate-authority.ts';
import type { CertificateRequest } from '../../pki/code/index.ts';
import { cryptography } from '../../pki/cryptography.ts';

const yearMs = 365 * 24 * 3_600_000;

/** What is wrong with a request for a signer; undefined when it may be signed. */
type Check = (request: CertificateRequest, usages: readonly string[]) => string | undefined;

/**
 * Signs what has been approved, for the signers of Kubernetes itself.
 * Upstream: pkg/controller/certificates/signer/signer.go, pkg/apis/certificates/helpers.go
 */
export function startCertificateSigningController(context: ComponentContext, authority: CertificateAuthority): void {
  const cache = context.informers.informer(certificateSigningRequests);
  const client = context.client.resource<CertificateSigningRequest>(certificateSigningRequests);
  const queue = context.queue({ reconcile });
  const add = ({ metadata }: CertificateSigningRequest): void => {
    context.clock.awaitCode(cryptography);
    queue.add(metadata.name);
  };
  cache.onChange({ added: add, updated: add });

  function reconcile(name: ObjectKey): void {
    const request = cache.get(name);
    if (!request || request.status?.certificate || !has(request, 'Approved') || has(request, 'Failed')) return;
    const check = Object.hasOwn(signers, request.spec.signerName) ? signers[request.spec.signerName] : undefined;
    if (!check) return; // Somebody else's to sign.
    const { fromPem, parseCertificateRequest, pemOfBytes, bytesOfPem } = cryptography.code;
    const block = fromPem(pemOfBytes(request.spec.request) ?? '');
    if (!block) return;
    const asked = parseCertificateRequest(block.der);
    const problem = check(asked, request.spec.usages ?? []);
    client.modifyStatus('', name, (fresh) => {
      if (fresh.status?.certificate || has(fresh, 'Failed')) return fresh;
      if (problem === undefined) return { ...fresh, status: { ...fresh.status, certificate: bytesOfPem(sign(asked)) } };
      const failed = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message: problem };
      return { ...fresh, status: { ...fresh.status, conditions: [...(fresh.status?.conditions ?? []), failed] } };
    });

    function sign({ subject, publicKey, names }: CertificateRequest): string {
      const { usages = [], expirationSeconds } = request!.spec;
      const lifetimeMs = Math.min(yearMs, expirationSeconds === undefined ? yearMs : expirationSeconds * 1000);
      return authority.issue({ subject, publicKey, names, usages, lifetimeMs, nowMs: context.clock.nowMs });
    }
  }
}

function has({ status }: CertificateSigningRequest, type: string): boolean {
  return status?.conditions?.some((condition) => condition.type === type) ?? false;
}

const signers: Readonly<Record<string, Check>> = {
  'kubernetes.io/kube-apiserver-client': (_, usages) => usageProblem('client', usages, 'client auth'),
  'kubernetes.io/kube-apiserver-client-kubelet': ({ subject, names }, usages) => {
    const isNode = subject.organizations.length === 1 && subject.organizations[0] === 'system:nodes';
    if (!isNode) return 'invalid CSR: organization in CSR is not system:nodes';
    if (names.dnsNames.length + names.addresses.length > 0 || names.hasOthers) {
      return 'invalid CSR: subject alternative names are not allowed';
    }
    if (!subject.commonName.startsWith('system:node:')) {
      return 'invalid CSR: subject common name does not begin with system:node: ';
    }
    return usageProblem('client', usages, 'client auth');
  },
  'kubernetes.io/kubelet-serving': ({ subject, names }, usages) => {
    const isNode = subject.organizations.length === 1 && subject.organizations[0] === 'system:nodes';
    if (!isNode) return 'invalid CSR: organization in CSR is not system:nodes';
    if (names.dnsNames.length + names.addresses.length === 0) {
      return 'invalid CSR: at least one DNS or IP subjectAltName is required';
    }
    if (names.hasOthers) return 'invalid CSR: email and URI subjectAltNames are not allowed';
    if (!subject.commonName.startsWith('system:node:')) {
      return 'invalid CSR: subject common name does not begin with system:node: ';
    }
    return usageProblem('serving', usages, 'server auth');
  },
  'kubernetes.io/legacy-unknown': () => undefined,
};

function usageProblem(what: string, usages: readonly string[], needed: string): string | undefined {
  const allowed = ['digital signature', 'key encipherment', needed];
  const fits = usages.includes(needed) && usages.every((usage) => allowed.includes(usage));
  return fits ? undefined : `invalid usage for ${what} certificate: ${usages.join(', ')}`;
}
