import type { CertificateSigningRequest } from '../../../api/generated/types.ts';
import type { Authorizer } from '../auth/authorize.ts';
import type { UserInfo } from '../resource-definition.ts';
import type { AdmissionPlugin } from './admission.ts';
import { refuse } from './refusal.ts';

const group = 'certificates.k8s.io';
const clientSigner = 'kubernetes.io/kube-apiserver-client';

/**
 * Who approves a request must be allowed to for its signer, and likewise who signs.
 * Upstream: plugin/pkg/admission/certificates/{approval,signing}
 */
export function certificateDecisions(authorize: Authorizer): readonly AdmissionPlugin[] {
  const plugin = (name: string, subresource: string, verb: 'approve' | 'sign'): AdmissionPlugin => ({
    name,
    handles: (definition, operation, part) =>
      definition.group === group && operation === 'UPDATE' && part === subresource,
    validate(object, attributes) {
      const { signerName } = (attributes.old as CertificateSigningRequest).spec;
      const [before, after] = [attributes.old, object].map((each) => (each as CertificateSigningRequest).status);
      if (verb === 'sign' && before?.certificate === after?.certificate && !isFailed(after) === !isFailed(before))
        return;
      if (maySign(attributes.user, verb, signerName)) return;
      throw refuse(attributes, `user not permitted to ${verb} requests with signerName ${JSON.stringify(signerName)}`);
    },
  });
  return [plugin('CertificateApproval', 'approval', 'approve'), plugin('CertificateSigning', 'status', 'sign')];

  function maySign(user: UserInfo, verb: string, signerName: string): boolean {
    const domain = signerName.split('/')[0]!;
    return [signerName, `${domain}/*`].some(
      (name) =>
        authorize(user, {
          path: '',
          verb,
          isResource: true,
          group,
          version: '*',
          namespace: '',
          resource: 'signers',
          subresource: '',
          name,
        }).isAllowed,
    );
  }
}

function isFailed(status: CertificateSigningRequest['status'] | undefined): boolean {
  return status?.conditions?.some(({ type }) => type === 'Failed') ?? false;
}

/** Nobody becomes a master by a certificate. Upstream: plugin/pkg/admission/certificates/subjectrestriction */
export function certificateSubject(organizationsOf: (request: string) => readonly string[]): AdmissionPlugin {
  return {
    name: 'CertificateSubjectRestriction',
    handles: ({ resource }, operation, subresource) =>
      resource === 'certificatesigningrequests' && operation === 'CREATE' && subresource === '',
    validate(object, attributes) {
      const { signerName, request } = (object as CertificateSigningRequest).spec;
      if (signerName !== clientSigner || !organizationsOf(request).includes('system:masters')) return;
      throw refuse(attributes, `use of ${clientSigner} signer with system:masters group is not allowed`);
    },
  };
}
