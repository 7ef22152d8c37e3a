import type {
  ClusterTrustBundleProjection,
  PodCertificateProjection,
  ProjectedVolumeSource,
  VolumeProjection,
} from '../../../../api/generated/types.ts';
import { forbiddenField, invalid, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { validateLabelSelector } from '../label-validation.ts';
import { validateFileMode, validateLocalNonReservedPath } from './local-paths.ts';
import { checkTrustBundleName, isKubernetesSigner, validateSignerName } from './signer-names.ts';
import { validateDownwardApiFile, validateKeyToPath } from './volume-files.ts';

/**
 * One directory made of several sources, such as the service account token that every pod gets.
 * Upstream: validateProjectedVolumeSource in pkg/apis/core/validation/validation.go
 */
export function validateProjectedVolume(errors: FieldError[], volume: ProjectedVolumeSource, path: string): void {
  validateFileMode(errors, volume.defaultMode, `${path}.defaultMode`);
  const paths = new Set<string>();
  const claim = (wanted: string, shown: string): void => {
    if (wanted && paths.has(wanted)) errors.push(invalid(path, shown, 'conflicting duplicate paths'));
    paths.add(wanted);
  };
  volume.sources?.forEach((source, at) => {
    const sourcePath = `${path}.sources[${at}]`;
    validateSource(errors, source, { volume: path, source: sourcePath }, claim);
    const kinds = [
      source.secret,
      source.configMap,
      source.downwardAPI,
      source.serviceAccountToken,
      source.clusterTrustBundle,
      source.podCertificate,
    ];
    if (kinds.filter(Boolean).length > 1) {
      errors.push(forbiddenField(sourcePath, 'may not specify more than 1 volume type per source'));
    }
  });
}

type Claim = (wanted: string, shown: string) => void;
interface Paths {
  readonly volume: string;
  readonly source: string;
}

function validateSource(errors: FieldError[], source: VolumeProjection, path: Paths, claim: Claim): void {
  for (const kind of ['secret', 'configMap'] as const) {
    const reference = source[kind];
    if (!reference) continue;
    if (!reference.name) errors.push(required(`${path.source}.${kind}.name`));
    reference.items?.forEach((item, at) => {
      validateKeyToPath(errors, item, `${path.source}.${kind}.items[${at}]`);
      claim(item.path ?? '', reference.name ?? '');
    });
  }
  for (const file of source.downwardAPI?.items ?? []) {
    validateDownwardApiFile(errors, file, `${path.source}.downwardAPI`);
    claim(file.path ?? '', file.path ?? '');
  }
  if (source.serviceAccountToken) {
    const { expirationSeconds = 3600, path: file } = source.serviceAccountToken;
    const secondsPath = `${path.source}.serviceAccountToken.expirationSeconds`;
    if (expirationSeconds < 600) {
      errors.push(invalid(secondsPath, expirationSeconds, 'may not specify a duration less than 10 minutes'));
    }
    if (expirationSeconds > 2 ** 32) {
      errors.push(invalid(secondsPath, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
    }
    if (file) validateLocalNonReservedPath(errors, file, `${path.volume}.path`);
    else errors.push(required(`${path.volume}.path`));
  }
  if (source.clusterTrustBundle) {
    validateTrustBundle(errors, source.clusterTrustBundle, `${path.source}.clusterTrustBundle`, claim);
  }
  if (source.podCertificate) {
    validateCertificate(errors, source.podCertificate, `${path.source}.podCertificate`, claim);
  }
}

function validateTrustBundle(
  errors: FieldError[],
  bundle: ClusterTrustBundleProjection,
  path: string,
  claim: Claim,
): void {
  const { name, signerName, labelSelector } = bundle;
  if (name !== undefined && signerName !== undefined) {
    errors.push(invalid(path, bundle, 'only one of name and signerName may be used'));
  } else if (name !== undefined) {
    if (name === '') errors.push(required(`${path}.name`, 'must be a valid object name'));
    for (const problem of checkTrustBundleName(name)) {
      errors.push(invalid(`${path}.name`, name, `not a valid clustertrustbundlename: ${problem}`));
    }
    if (labelSelector) {
      const detail = 'labelSelector must be unset if name is specified';
      errors.push(invalid(`${path}.labelSelector`, labelSelector, detail));
    }
  } else if (signerName !== undefined) {
    if (signerName === '') errors.push(required(`${path}.signerName`, 'must be a valid signer name'));
    validateSignerName(errors, signerName, `${path}.signerName`);
    validateLabelSelector(errors, labelSelector, `${path}.labelSelector`);
  } else errors.push(required(path, 'either name or signerName must be specified'));
  if (!bundle.path) errors.push(required(`${path}.path`));
  validateLocalNonReservedPath(errors, bundle.path ?? '', `${path}.path`);
  claim(bundle.path ?? '', bundle.path ?? '');
}

const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const daySeconds = 24 * 60 * 60;

function validateCertificate(
  errors: FieldError[],
  certificate: PodCertificateProjection,
  path: string,
  claim: Claim,
): void {
  const { signerName = '', keyType = '', maxExpirationSeconds } = certificate;
  validateSignerName(errors, signerName, `${path}.signerName`);
  if (!keyTypes.includes(keyType)) errors.push(notSupported(`${path}.keyType`, keyType, keyTypes));
  if (maxExpirationSeconds !== undefined) {
    const secondsPath = `${path}.maxExpirationSeconds`;
    const most = isKubernetesSigner(signerName) ? daySeconds : 91 * daySeconds;
    if (maxExpirationSeconds < 3600) {
      errors.push(invalid(secondsPath, maxExpirationSeconds, 'if provided, maxExpirationSeconds must be >= 3600'));
    }
    if (maxExpirationSeconds > most) {
      errors.push(invalid(secondsPath, maxExpirationSeconds, `if provided, maxExpirationSeconds must be <= ${most}`));
    }
  }
  const files = ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const;
  for (const field of files) {
    const file = certificate[field];
    if (!file) continue;
    validateLocalNonReservedPath(errors, file, `${path}.${field}`);
    claim(file, file);
  }
  if (files.every((field) => !certificate[field])) {
    const detail = 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath';
    errors.push(required(path, detail));
  }
}
