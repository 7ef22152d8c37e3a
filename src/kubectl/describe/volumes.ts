import type { ProjectedVolumeSource, Volume } from '../../api/generated/types.ts';
import { compareQuantity, parseQuantity, zeroQuantity } from '../../api/index.ts';
import type { DescribePage } from './page.ts';

type SourceWriter<K extends keyof Volume> = (page: DescribePage, source: NonNullable<Volume[K]>) => void;

/** What is said of each sort of volume. Sorts that only cloud providers of the past had are not listed: `<unknown>`. */
const writers: { readonly [K in keyof Volume]?: SourceWriter<K> } = {
  hostPath(page, { path, type }) {
    writeSource(page, 'HostPath (bare host directory volume)', { Path: path, HostPathType: type ?? '<none>' });
  },
  emptyDir(page, { medium, sizeLimit }) {
    const isSet = sizeLimit !== undefined && compareQuantity(parseQuantity(sizeLimit), zeroQuantity) > 0;
    const type = "EmptyDir (a temporary directory that shares a pod's lifetime)";
    writeSource(page, type, { Medium: medium ?? '', SizeLimit: isSet ? sizeLimit : '<unset>' });
  },
  secret(page, { secretName, optional }) {
    const fields = { SecretName: secretName ?? '', Optional: optional === true };
    writeSource(page, 'Secret (a volume populated by a Secret)', fields);
  },
  configMap(page, { name, optional }) {
    writeSource(page, 'ConfigMap (a volume populated by a ConfigMap)', {
      Name: name ?? '',
      Optional: optional === true,
    });
  },
  persistentVolumeClaim(page, { claimName, readOnly }) {
    const type = 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)';
    writeSource(page, type, { ClaimName: claimName, ReadOnly: readOnly === true });
  },
  downwardAPI(page, { items }) {
    page.write(2, 'Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:\n');
    for (const { fieldRef, resourceFieldRef, path } of items ?? []) {
      if (fieldRef) page.write(3, `${fieldRef.fieldPath} -> ${path}\n`);
      if (resourceFieldRef) page.write(3, `${resourceFieldRef.resource} -> ${path}\n`);
    }
  },
  projected: writeProjected,
  image(page, { reference, pullPolicy }) {
    const fields = { Reference: reference ?? '', PullPolicy: pullPolicy ?? '' };
    writeSource(page, 'Image (a container image or OCI artifact)', fields);
  },
  nfs(page, { server, path, readOnly }) {
    const fields = { Server: server, Path: path, ReadOnly: readOnly === true };
    writeSource(page, 'NFS (an NFS mount that lasts the lifetime of a pod)', fields);
  },
};

/** Upstream: kubectl/pkg/describe/describe.go describeVolumes */
export function writeVolumes(page: DescribePage, volumes: readonly Volume[] | undefined, indent: string): void {
  if (!volumes || volumes.length === 0) {
    page.write(0, `${indent}Volumes:\t<none>\n`);
    return;
  }
  page.write(0, `${indent}Volumes:\n`);
  for (const volume of volumes) {
    page.write(1, `${indent && ' '}${volume.name}:\n`);
    if (!writeKnownSource(page, volume)) page.write(1, '<unknown>\n');
  }
}

function writeKnownSource(page: DescribePage, volume: Volume): boolean {
  for (const kind of Object.keys(writers) as (keyof Volume)[]) {
    if (volume[kind] === undefined) continue;
    (writers[kind] as SourceWriter<typeof kind>)(page, volume[kind]);
    return true;
  }
  return false;
}

export function writeSource(
  page: DescribePage,
  type: string,
  fields: Readonly<Record<string, string | boolean>>,
): void {
  page.field(2, 'Type', type);
  for (const [name, value] of Object.entries(fields)) page.field(2, name, value);
}

function writeProjected(page: DescribePage, { sources }: ProjectedVolumeSource): void {
  page.field(2, 'Type', 'Projected (a volume that contains injected data from multiple sources)');
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources ?? []) {
    if (secret) {
      page.field(2, 'SecretName', secret.name ?? '');
      page.field(2, 'Optional', secret.optional === true);
    } else if (downwardAPI) {
      page.field(2, 'DownwardAPI', true);
    } else if (configMap) {
      page.field(2, 'ConfigMapName', configMap.name ?? '');
      page.field(2, 'Optional', configMap.optional === true);
    } else if (serviceAccountToken) {
      page.field(2, 'TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 3600);
    }
  }
}
