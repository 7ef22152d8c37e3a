import type { PodDisruptionBudget } from '../../api/generated/types.ts';
import { formatLabelSelector } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describePodDisruptionBudgetV1 */
export const describePodDisruptionBudget: Describer<PodDisruptionBudget> = async (budget, context) => {
  const { metadata, spec, status } = budget;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec.minAvailable !== undefined) page.field(0, 'Min available', spec.minAvailable);
  else if (spec.maxUnavailable !== undefined) page.field(0, 'Max unavailable', spec.maxUnavailable);
  page.field(0, 'Selector', spec.selector ? formatLabelSelector(spec.selector) : '<unset>');
  page.write(0, 'Status:\n');
  page.field(2, 'Allowed disruptions', status.disruptionsAllowed);
  page.field(2, 'Current', status.currentHealthy);
  page.field(2, 'Desired', status.desiredHealthy);
  page.field(2, 'Total', status.expectedPods);
  await writeEventsAbout(page, context, aboutObject(budget));
  return page.end();
};
