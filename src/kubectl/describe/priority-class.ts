import type { PriorityClass } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { labelsText } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describePriorityClass */
export const describePriorityClass: Describer<PriorityClass> = async (priorityClass, context) => {
  const { metadata, value, globalDefault = false, preemptionPolicy = '', description = '' } = priorityClass;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Value', value);
  page.field(0, 'GlobalDefault', globalDefault);
  page.field(0, 'PreemptionPolicy', preemptionPolicy);
  page.field(0, 'Description', description);
  page.field(0, 'Annotations', labelsText(metadata.annotations));
  await writeEventsAbout(page, context, aboutObject(priorityClass));
  return page.end();
};
