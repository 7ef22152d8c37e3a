import type { PodTemplateSpec } from '../../api/generated/types.ts';
import { writeContainers } from './containers.ts';
import { writeAnnotations, writeLabels, writeSpreadConstraints, writeTolerations } from './lists.ts';
import type { DescribePage } from './page.ts';
import { writeVolumes } from './volumes.ts';

/** Upstream: kubectl/pkg/describe/describe.go DescribePodTemplate */
export function writePodTemplate(page: DescribePage, template: PodTemplateSpec): void {
  const { metadata, spec } = template;
  const indent = '  ';
  page.write(0, 'Pod Template:\n');
  writeLabels(page, `${indent}Labels`, metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0)
    writeAnnotations(page, `${indent}Annotations`, metadata?.annotations);
  if (spec?.serviceAccountName) page.field(1, 'Service Account', spec.serviceAccountName);
  if (spec?.initContainers?.length) writeContainers(page, 'Init Containers', spec.initContainers, { indent });
  writeContainers(page, 'Containers', spec?.containers ?? [], { indent });
  writeVolumes(page, spec?.volumes, indent);
  writeSpreadConstraints(page, spec?.topologySpreadConstraints, indent);
  if (spec?.priorityClassName) page.field(1, 'Priority Class Name', spec.priorityClassName);
  writeLabels(page, `${indent}Node-Selectors`, spec?.nodeSelector);
  writeTolerations(page, `${indent}Tolerations`, spec?.tolerations);
}
