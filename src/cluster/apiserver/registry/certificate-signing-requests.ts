import type { CertificateSigningRequest, CertificateSigningRequestStatus } from '../../../api/generated/types.ts';
import { humanDuration } from '../../../api/index.ts';
import { cryptography } from '../../pki/cryptography.ts';
import type { RequestContext, ResourceDefinition } from '../resource-definition.ts';
import { validateDecision, validateRequest } from './certificate-signing-request/validation.ts';
import { ageCell, ageColumn, column, nameColumn } from './table.ts';

/** Asks for a certificate of the cluster's authority. Upstream: pkg/registry/certificates/certificates */
export const certificateSigningRequests: ResourceDefinition<CertificateSigningRequest> = {
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  kind: 'CertificateSigningRequest',
  singular: 'certificatesigningrequest',
  shortNames: ['csr'],
  isNamespaced: false,
  schema: 'io.k8s.api.certificates.v1.CertificateSigningRequest',
  nameFormat: 'path-segment',
  subresources: ['approval'],
  code: [cryptography],
  /** Whose request it is, the API server says. */
  prepareForCreate: (request, { user }) => {
    const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...spec } = request.spec ?? {};
    return {
      ...request,
      spec: {
        ...spec,
        username: user.name,
        ...(user.uid && { uid: user.uid }),
        groups: user.groups,
        ...(user.extra && { extra: user.extra }),
      },
      status: {},
    };
  },
  prepareForUpdate: (next, old) => ({ ...next, spec: old.spec, status: old.status }),
  validate: validateRequest,
  parts: {
    approval: {
      prepareForUpdate: (next, old, context) => {
        const { certificate } = old.status ?? {};
        const conditions = dated(next.status?.conditions, context);
        return { ...old, status: { ...(certificate && { certificate }), ...(conditions && { conditions }) } };
      },
      validateUpdate: (next, old) => validateDecision(next, old, ['Approved', 'Denied']),
    },
  },
  status: {
    prepareForUpdate: (next, old, context) => {
      const conditions = dated(next.status?.conditions, context);
      return { ...old, status: { ...next.status, ...(conditions && { conditions }) } };
    },
    validateUpdate: (next, old) => validateDecision(next, old, ['Failed']),
  },
  columns: [
    nameColumn,
    ageColumn,
    column('SignerName', 'string', 'Who is to sign.'),
    column('Requestor', 'string', 'Who asks.'),
    column('RequestedDuration', 'string', 'How long the certificate is to be valid.'),
    column('Condition', 'string', 'What has become of it.'),
  ],
  row: (request, context) => [
    request.metadata.name,
    ageCell(request, context),
    request.spec?.signerName ?? '',
    request.spec?.username ?? '',
    durationCell(request.spec?.expirationSeconds),
    stateOf(request.status ?? {}),
  ],
};

function durationCell(seconds: number | undefined): string {
  return seconds === undefined ? '<none>' : humanDuration(seconds * 1000);
}

function dated(
  conditions: CertificateSigningRequestStatus['conditions'],
  { now }: RequestContext,
): CertificateSigningRequestStatus['conditions'] {
  return conditions?.map((condition) => ({
    ...condition,
    lastUpdateTime: condition.lastUpdateTime ?? now,
    lastTransitionTime: condition.lastTransitionTime ?? now,
  }));
}

/** Upstream: extractCSRStatus in pkg/printers/internalversion/printers.go */
function stateOf({ conditions = [], certificate }: CertificateSigningRequestStatus): string {
  const has = (type: string): boolean => conditions.some((condition) => condition.type === type);
  const state = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${state}${has('Failed') ? ',Failed' : ''}${certificate ? ',Issued' : ''}`;
}
