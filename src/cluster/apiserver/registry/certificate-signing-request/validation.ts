import type { CertificateSigningRequest, CertificateSigningRequestStatus } from '../../../../api/generated/types.ts';
import { duplicate, invalid, jsonEqual, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { cryptography } from '../../../pki/cryptography.ts';
import { validateSignerName } from '../pod-spec/signer-names.ts';

const minSeconds = 600;
const legacySigner = 'kubernetes.io/legacy-unknown';

const knownUsages = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

/** Upstream: pkg/apis/certificates/validation/validation.go */
export function validateRequest({ spec: given }: CertificateSigningRequest): readonly FieldError[] {
  const spec: Partial<CertificateSigningRequest['spec']> = given ?? {};
  const errors: FieldError[] = [];
  const problem = requestProblem(spec.request ?? '');
  if (problem) errors.push(invalid('spec.request', spec.request ?? '', problem));
  if (!spec.usages?.length) errors.push(required('spec.usages', ''));
  const seen = new Set<string>();
  spec.usages?.forEach((usage, at) => {
    if (!knownUsages.includes(usage)) errors.push(notSupported(`spec.usages[${at}]`, usage, knownUsages));
    if (seen.has(usage)) errors.push(duplicate(`spec.usages[${at}]`, usage));
    seen.add(usage);
  });
  if (spec.signerName === legacySigner) {
    errors.push(
      invalid('spec.signerName', spec.signerName, 'the legacy signerName is not allowed via this API version'),
    );
  } else validateSignerName(errors, spec.signerName ?? '', 'spec.signerName');
  if (spec.expirationSeconds !== undefined && spec.expirationSeconds < minSeconds) {
    const why = 'may not specify a duration less than 600 seconds (10 minutes)';
    errors.push(invalid('spec.expirationSeconds', spec.expirationSeconds, why));
  }
  return errors;
}

function requestProblem(base64: string): string | undefined {
  const { DerError, fromPem, parseCertificateRequest, pemOfBytes } = cryptography.code;
  const block = fromPem(pemOfBytes(base64) ?? '');
  if (block?.type !== 'CERTIFICATE REQUEST') return 'PEM block type must be CERTIFICATE REQUEST';
  try {
    return parseCertificateRequest(block.der).isGenuine ? undefined : 'x509: signature of the request does not verify';
  } catch (error) {
    if (error instanceof DerError) return `asn1: syntax error: ${error.message}`;
    throw error;
  }
}

function conditionErrors(conditions: CertificateSigningRequestStatus['conditions'] = []): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  conditions.forEach(({ type, status }, at) => {
    const path = `status.conditions[${at}]`;
    if (!type) errors.push(required(`${path}.type`, ''));
    if (!status) errors.push(required(`${path}.status`, ''));
    const isFinal = type === 'Approved' || type === 'Denied' || type === 'Failed';
    if (isFinal && status && status !== 'True') errors.push(notSupported(`${path}.status`, status, ['True']));
    if (seen.has(type)) errors.push(duplicate(`${path}.type`, type));
    seen.add(type);
  });
  const types = conditions.map(({ type }) => type);
  if (types.includes('Approved') && types.includes('Denied')) {
    errors.push(invalid('status.conditions', 'Denied', 'Approved and Denied conditions are mutually exclusive'));
  }
  return errors;
}

/** What has been decided stays decided, by whichever sub-resource. */
export function validateDecision(
  next: CertificateSigningRequest,
  old: CertificateSigningRequest,
  changeable: readonly string[],
): readonly FieldError[] {
  const errors = conditionErrors(next.status?.conditions);
  for (const type of ['Approved', 'Denied', 'Failed']) {
    const [before, after] = [old, next].map(({ status }) => status?.conditions?.find((each) => each.type === type));
    if (before && !after) {
      errors.push({
        type: 'FieldValueForbidden',
        field: 'status.conditions',
        body: `Forbidden: updates may not remove a condition of type "${type}"`,
      });
    } else if (!before && after && !changeable.includes(type)) {
      errors.push({
        type: 'FieldValueForbidden',
        field: 'status.conditions',
        body: `Forbidden: updates may not add a condition of type "${type}"`,
      });
    }
  }
  const { certificate } = old.status ?? {};
  if (certificate && !jsonEqual(certificate, next.status?.certificate)) {
    errors.push({
      type: 'FieldValueForbidden',
      field: 'status.certificate',
      body: 'Forbidden: updates may not change the certificate',
    });
  }
  return errors;
}
