import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../../api/generated/types.ts';
import { ApiError, forbidden, matchesLabels, queryFromLabelSelector } from '../../../../api/index.ts';
import type { ResourceStore } from '../../rest/resource-store.ts';
import type { WriteOptions } from '../../rest/write-options.ts';

/** Beyond that, the controller no longer confirms that evicted pods are gone. */
const maxDisruptedPods = 2000;
const retrySeconds = 10;

/** The budgets that speak of a pod. Upstream: getPodDisruptionBudgets */
export function budgetsOf(
  { metadata: { labels = {} } }: Pod,
  budgets: Iterable<PodDisruptionBudget>,
): readonly PodDisruptionBudget[] {
  if (Object.keys(labels).length === 0) return [];
  return [...budgets].filter(({ spec }) => matchesLabels(queryFromLabelSelector(spec?.selector), labels));
}

/** Takes one disruption out of the budget, or throws TooManyRequests. Upstream: checkAndDecrement */
export function chargeBudget(
  budgets: ResourceStore<PodDisruptionBudget>,
  budget: PodDisruptionBudget,
  pod: Pod,
  options: WriteOptions,
): void {
  const { metadata, status } = budget;
  const { name, namespace = '' } = metadata;
  const { disruptedPods = {} } = status;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    throw wouldViolate(`The disruption budget ${name} is still being processed by the server.`, retrySeconds);
  }
  if (status.disruptionsAllowed < 0) throw refused(budget, 'pdb disruptions allowed is negative');
  if (Object.keys(disruptedPods).length > maxDisruptedPods) {
    throw refused(budget, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  if (status.disruptionsAllowed === 0) throw wouldViolate(shortage(budget));
  if (options.isDryRun) return;
  const next: PodDisruptionBudgetStatus = withAllowedCondition(
    {
      ...status,
      disruptionsAllowed: status.disruptionsAllowed - 1,
      disruptedPods: { ...disruptedPods, [pod.metadata.name]: options.context.now },
    },
    metadata.generation ?? 0,
    options.context.now,
  );
  const change = (stored: PodDisruptionBudget | undefined): PodDisruptionBudget => ({ ...stored!, status: next });
  budgets.update(namespace, name, change, { ...options, subresource: 'status' });
}

function shortage({ metadata: { name }, status }: PodDisruptionBudget): string {
  const allowed = status.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  if (allowed?.status === 'False' && allowed.reason === 'SyncFailed') {
    return `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${allowed.message}`;
  }
  return `The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`;
}

function wouldViolate(message: string, retryAfterSeconds = 0): ApiError {
  const causes = [{ reason: 'DisruptionBudget', message }];
  const details = { causes, ...(retryAfterSeconds > 0 && { retryAfterSeconds }) };
  const text = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new ApiError(429, 'TooManyRequests', text, details);
}

function refused({ metadata }: PodDisruptionBudget, why: string): ApiError {
  return forbidden({ group: 'policy', resource: 'poddisruptionbudget' }, metadata.name, why);
}

/** Whether pods may be taken away, in the words of conditions. Upstream: UpdateDisruptionAllowedCondition */
export function withAllowedCondition(
  status: PodDisruptionBudgetStatus,
  observedGeneration: number,
  now: string,
): PodDisruptionBudgetStatus {
  const isAllowed = status.disruptionsAllowed > 0;
  const conditions = status.conditions ?? [];
  const known = conditions.find(({ type }) => type === 'DisruptionAllowed');
  const state = isAllowed ? 'True' : 'False';
  const condition = {
    type: 'DisruptionAllowed',
    status: state,
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration,
    lastTransitionTime: known?.status === state ? known.lastTransitionTime : now,
  };
  const others = conditions.filter((other) => other !== known);
  return { ...status, conditions: [...others, condition] };
}
