import type { PersistentVolumeClaim, StatefulSet } from '../../api/generated/types.ts';
import { canonicalQuantity, formatLabelSelector } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { goList, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';
import { podPhases } from './replica-set.ts';
import { rfc1123 } from './time.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeStatefulSet */
export const describeStatefulSet: Describer<StatefulSet> = async (statefulSet, context) => {
  const { metadata, spec, status } = statefulSet;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  page.field(0, 'Selector', formatLabelSelector(spec.selector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Replicas', `${spec.replicas ?? 0} desired | ${status.replicas} total`);
  page.field(0, 'Update Strategy', spec.updateStrategy?.type ?? '');
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) {
    page.field(1, 'Partition', partition);
    if (maxUnavailable !== undefined) page.field(1, 'MaxUnavailable', maxUnavailable);
  }
  page.field(0, 'Pods Status', await podPhases(statefulSet, context));
  writePodTemplate(page, spec.template);
  writeClaimTemplates(page, spec.volumeClaimTemplates ?? []);
  await writeEventsAbout(page, context, aboutObject(statefulSet));
  return page.end();
};

function writeClaimTemplates(page: DescribePage, templates: readonly PersistentVolumeClaim[]): void {
  if (templates.length === 0) {
    page.field(0, 'Volume Claims', '<none>');
    return;
  }
  page.write(0, 'Volume Claims:\n');
  for (const { metadata, spec } of templates) {
    page.field(1, 'Name', metadata.name);
    page.field(1, 'StorageClass', spec.storageClassName ?? '');
    writeLabels(page, '  Labels', metadata.labels);
    writeLabels(page, '  Annotations', metadata.annotations);
    const storage = spec.resources?.requests?.['storage'];
    page.field(1, 'Capacity', storage === undefined ? '<default>' : canonicalQuantity(storage));
    page.field(1, 'Access Modes', goList(spec.accessModes));
  }
}
