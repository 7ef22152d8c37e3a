import type { DaemonSet } from '../../api/generated/types.ts';
import { formatLabelSelector } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { labelsText, writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { writePodTemplate } from './pod-template.ts';
import { podPhases } from './replica-set.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeDaemonSet */
export const describeDaemonSet: Describer<DaemonSet> = async (daemonSet, context) => {
  const { metadata, spec, status } = daemonSet;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatLabelSelector(spec.selector));
  page.field(0, 'Node-Selector', labelsText(spec.template.spec?.nodeSelector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  // These stand outside of the columns.
  page.write(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}\n`);
  page.write(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled}\n`);
  page.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`);
  page.write(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`);
  page.write(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled}\n`);
  page.field(0, 'Pods Status', await podPhases(daemonSet, context));
  writePodTemplate(page, spec.template);
  await writeEventsAbout(page, context, aboutObject(daemonSet));
  return page.end();
};
