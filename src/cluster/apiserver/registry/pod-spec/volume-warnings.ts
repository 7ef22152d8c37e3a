import type { Volume, VolumeProjection } from '../../../../api/generated/types.ts';
import { goQuote } from '../../../../api/index.ts';

/** Volumes that no longer work, and files that overwrite each other. Upstream: pkg/api/pod/warnings.go */
const retired: readonly (readonly [field: keyof Volume, shownAs: string, why: string])[] = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(warnings: string[], volumes: readonly Volume[], path: string): void {
  volumes.forEach((volume, at) => {
    for (const [field, shownAs, why] of retired) {
      if (volume[field]) warnings.push(`${path}[${at}].${shownAs}: ${why}`);
    }
  });
}

interface File {
  readonly path: string;
  /** Empty where all files of the volume come from one place. */
  readonly source: string;
}

export function overlapWarnings(warnings: string[], volumes: readonly Volume[]): void {
  for (const volume of volumes) {
    const warn = (kind: string, groups: readonly (readonly File[])[]): void => {
      for (const clash of clashesIn(groups)) {
        warnings.push(`volume ${goQuote(volume.name)} (${kind}): overlapping paths: ${clash}`);
      }
    };
    const { configMap, secret, downwardAPI, projected } = volume;
    if (configMap?.items) warn(`ConfigMap ${goQuote(configMap.name ?? '')}`, [filesOf(configMap.items, '')]);
    if (secret?.items) warn(`Secret ${goQuote(secret.secretName ?? '')}`, [filesOf(secret.items, '')]);
    if (downwardAPI?.items) warn('DownwardAPI', [filesOf(downwardAPI.items, '')]);
    if (!projected) continue;
    for (const source of projected.sources ?? []) {
      if (Object.keys(source).length > 0) continue;
      warnings.push(`volume ${goQuote(volume.name)} (Projected) has no sources provided`);
    }
    warn('Projected', (projected.sources ?? []).map(projectedFiles));
  }
}

function filesOf(items: readonly { readonly path: string }[], source: string): readonly File[] {
  return items.map(({ path }) => ({ path, source }));
}

function projectedFiles(projection: VolumeProjection): readonly File[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = projection;
  if (configMap?.items) return filesOf(configMap.items, `ConfigMap ${goQuote(configMap.name ?? '')}`);
  if (secret?.items) return filesOf(secret.items, `Secret ${goQuote(secret.name ?? '')}`);
  if (downwardAPI?.items) return filesOf(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken) return filesOf([serviceAccountToken], 'ServiceAccountToken');
  if (clusterTrustBundle) {
    const name = clusterTrustBundle.name ?? clusterTrustBundle.signerName ?? '';
    return filesOf([clusterTrustBundle], `ClusterTrustBundle ${goQuote(name)}`);
  }
  if (!podCertificate) return [];
  const { certificateChainPath, keyPath, credentialBundlePath } = podCertificate;
  return [
    { path: certificateChainPath ?? '', source: 'PodCertificate chain' },
    { path: keyPath ?? '', source: 'PodCertificate key' },
    { path: credentialBundlePath ?? '', source: 'PodCertificate credential bundle' },
  ].filter(({ path }) => path !== '');
}

function clashesIn(groups: readonly (readonly File[])[]): readonly string[] {
  const clashes: string[] = [];
  const seen: File[] = [];
  for (const { path, source } of groups.flat()) {
    const file = { path: path.replace(/\/+$/, ''), source };
    for (const other of seen) if (overlap(file.path, other.path)) clashes.push(`${show(file)} with ${show(other)}`);
    seen.push(file);
  }
  return clashes;
}

function overlap(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  return `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
}

function show({ path, source }: File): string {
  return source ? `${goQuote(path)} (${source})` : goQuote(path);
}
