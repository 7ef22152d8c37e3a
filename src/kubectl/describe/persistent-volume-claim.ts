import type { PersistentVolumeClaim, Pod } from '../../api/generated/types.ts';
import { canonicalQuantity } from '../../api/index.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { goList, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { ageOf, rfc1123 } from './time.ts';

const oldClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Upstream: kubectl/pkg/describe/describe.go describePersistentVolumeClaim */
export const describePersistentVolumeClaim: Describer<PersistentVolumeClaim> = async (claim, context) => {
  const { metadata, spec, status } = claim;
  const users = await podsWith(claim, context);
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'StorageClass', metadata.annotations?.[oldClassAnnotation] ?? spec.storageClassName ?? '');
  const { deletionTimestamp } = metadata;
  const ending = `Terminating (lasts ${ageOf(deletionTimestamp, context.nowMs)})`;
  page.field(0, 'Status', deletionTimestamp ? ending : (status.phase ?? ''));
  page.field(0, 'Volume', spec.volumeName ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Finalizers', goList(metadata.finalizers));
  const isBound = Boolean(spec.volumeName);
  page.field(0, 'Capacity', isBound ? canonicalQuantity(status.capacity?.['storage'] ?? '0') : '');
  page.field(0, 'Access Modes', isBound ? accessModesText(status.accessModes) : '');
  if (spec.volumeMode !== undefined) page.field(0, 'VolumeMode', spec.volumeMode);
  if (spec.dataSource) {
    page.write(0, 'DataSource:\n');
    if (spec.dataSource.apiGroup !== undefined) page.field(1, 'APIGroup', spec.dataSource.apiGroup);
    page.field(1, 'Kind', spec.dataSource.kind);
    page.field(1, 'Name', spec.dataSource.name);
  }
  if (users.length === 0) page.field(0, 'Used By', '<none>');
  users.forEach((name, index) => page.write(0, `${index === 0 ? 'Used By:' : ''}\t${name}\n`));
  writeConditions(page, claim);
  await writeEventsAbout(page, context, aboutObject(claim));
  return page.end();
};

const shortModes: readonly (readonly [string, string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

/** `RWO,RWX` */
export function accessModesText(modes: readonly string[] | undefined): string {
  return shortModes
    .filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

/** Names of the pods that use a claim or own it. */
async function podsWith({ metadata }: PersistentVolumeClaim, context: DescribeContext): Promise<readonly string[]> {
  const pods = await context.list<Pod>(`/api/v1/namespaces/${metadata.namespace}/pods`);
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid);
  return pods
    .filter(
      (pod) =>
        pod.spec.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === metadata.name) ||
        owners.includes(pod.metadata.uid),
    )
    .map((pod) => pod.metadata.name)
    .sort();
}

function writeConditions(page: DescribePage, { status }: PersistentVolumeClaim): void {
  const conditions = status.conditions ?? [];
  if (conditions.length === 0) return;
  page.write(0, 'Conditions:\n');
  page.write(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n');
  page.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const { type, status: value, lastProbeTime, lastTransitionTime, reason = '', message = '' } of conditions) {
    const times = `${rfc1123(lastProbeTime ?? undefined)} \t${rfc1123(lastTransitionTime ?? undefined)}`;
    page.write(1, `${type} \t${value} \t${times} \t${reason} \t${message}\n`);
  }
}
