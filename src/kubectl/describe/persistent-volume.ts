import type { NodeSelectorRequirement, PersistentVolume, PersistentVolumeSpec } from '../../api/generated/types.ts';
import { canonicalQuantity } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { goList, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { accessModesText } from './persistent-volume-claim.ts';
import { ageOf } from './time.ts';
import { writeSource } from './volumes.ts';

const oldClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Upstream: kubectl/pkg/describe/describe.go describePersistentVolume */
export const describePersistentVolume: Describer<PersistentVolume> = async (volume, context) => {
  const { metadata, spec, status } = volume;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Finalizers', goList(metadata.finalizers));
  page.field(0, 'StorageClass', metadata.annotations?.[oldClassAnnotation] ?? spec.storageClassName ?? '');
  const { deletionTimestamp } = metadata;
  const ending = `Terminating (lasts ${ageOf(deletionTimestamp, context.nowMs)})`;
  page.field(0, 'Status', deletionTimestamp ? ending : (status.phase ?? ''));
  const claim = spec.claimRef;
  page.field(0, 'Claim', claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '');
  page.field(0, 'Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
  page.field(0, 'Access Modes', accessModesText(spec.accessModes));
  if (spec.volumeMode !== undefined) page.field(0, 'VolumeMode', spec.volumeMode);
  page.field(0, 'Capacity', canonicalQuantity(spec.capacity?.['storage'] ?? '0'));
  writeNodeAffinity(page, spec);
  page.field(0, 'Message', status.message ?? '');
  page.write(0, 'Source:\n');
  writeVolumeSource(page, spec);
  await writeEventsAbout(page, context, aboutObject(volume));
  return page.end();
};

function writeNodeAffinity(page: DescribePage, { nodeAffinity }: PersistentVolumeSpec): void {
  const required = nodeAffinity?.required;
  page.write(0, `Node Affinity:\t${required ? '' : '<none>'}\n`);
  if (!required) return;
  const terms = required.nodeSelectorTerms;
  page.write(1, `Required Terms:\t${terms.length === 0 ? '<none>' : ''}\n`);
  terms.forEach(({ matchExpressions = [] }, index) => {
    page.write(2, `Term ${index}:\t`);
    if (matchExpressions.length === 0) page.write(0, '<none>\n');
    matchExpressions.forEach((requirement, position) => {
      if (position > 0) page.write(2, '\t');
      page.write(0, `${requirementText(requirement)}\n`);
    });
  });
}

function requirementText({ key, operator, values = [] }: NodeSelectorRequirement): string {
  return `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;
}

/** Sources that only cloud providers of the past had are not listed: `<unknown>`. */
function writeVolumeSource(page: DescribePage, { hostPath, nfs, local, csi }: PersistentVolumeSpec): void {
  if (hostPath) {
    const fields = { Path: hostPath.path, HostPathType: hostPath.type ?? '<none>' };
    writeSource(page, 'HostPath (bare host directory volume)', fields);
  } else if (nfs) {
    const fields = { Server: nfs.server, Path: nfs.path, ReadOnly: nfs.readOnly === true };
    writeSource(page, 'NFS (an NFS mount that lasts the lifetime of a pod)', fields);
  } else if (local) {
    writeSource(page, 'LocalVolume (a persistent volume backed by local storage on a node)', { Path: local.path });
  } else if (csi) {
    const { driver, fsType = '', volumeHandle, readOnly = false, volumeAttributes = {} } = csi;
    const fields = { Driver: driver, FSType: fsType, VolumeHandle: volumeHandle, ReadOnly: readOnly };
    writeSource(page, 'CSI (a Container Storage Interface (CSI) volume source)', fields);
    const names = Object.keys(volumeAttributes).sort();
    if (names.length === 0) page.field(2, 'VolumeAttributes', '<none>');
    names.forEach((name, index) => {
      page.write(2, `${index === 0 ? 'VolumeAttributes:' : ''}\t    ${name}=${volumeAttributes[name]}\n`);
    });
  } else page.write(1, '<unknown>\n');
}
