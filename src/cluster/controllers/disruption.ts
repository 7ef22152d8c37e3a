import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/generated/types.ts';
import { keyOf, matchesLabels, queryFromLabelSelector, rfc3339, type ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { podDisruptionBudgets, pods } from '../apiserver/registry/index.ts';
import { withAllowedCondition } from '../apiserver/subresources/eviction/budget.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { scaledValue } from './deployment/limits.ts';
import { ExpectedPods, UnknownScale } from './disruption/expected-pods.ts';
import { isPodReady } from './pod-state.ts';

/** How long an evicted pod may take until it is seen going. */
const deletionTimeoutMs = 120_000;

/** Works out how many pods may be taken away from each budget. Upstream: pkg/controller/disruption/disruption.go */
export function startDisruptionController(context: ComponentContext): void {
  new DisruptionController(context).start();
}

type DisruptedPods = Readonly<Record<string, string>>;

class DisruptionController {
  readonly #context: ComponentContext;
  readonly #queue: WorkQueue;
  readonly #cache: Informer<PodDisruptionBudget>;
  readonly #pods: Informer<Pod>;
  readonly #client: ResourceClient<PodDisruptionBudget>;
  readonly #expected: ExpectedPods;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(podDisruptionBudgets);
    this.#pods = context.informers.informer(pods);
    this.#client = context.client.resource(podDisruptionBudgets);
    this.#expected = new ExpectedPods(context.informers);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
  }

  start(): void {
    const add = (budget: PodDisruptionBudget): void => this.#queue.add(keyOf(budget));
    this.#cache.onChange({ added: add, updated: add });
    const changed = (pod: Pod): void => {
      for (const budget of this.#cache.list(pod.metadata.namespace)) if (selects(budget, pod)) add(budget);
    };
    this.#pods.onChange({
      added: changed,
      updated: (next, old) => {
        changed(next);
        if (!jsonEqual(next.metadata.labels, old.metadata.labels)) changed(old);
      },
      deleted: changed,
    });
  }

  #reconcile(key: ObjectKey): void {
    const budget = this.#cache.get(key);
    if (!budget) return;
    const { events } = this.#context;
    const selected = this.#pods.list(budget.metadata.namespace).filter((pod) => selects(budget, pod));
    if (selected.length === 0) events.record(budget, 'Normal', 'NoPods', 'No matching pods found');
    try {
      this.#write(budget, this.#statusOf(budget, selected));
    } catch (error) {
      if (!(error instanceof UnknownScale)) throw error;
      const text = `Failed to calculate the number of expected pods: ${error.message}`;
      events.record(budget, 'Warning', 'CalculateExpectedPodCountFailed', text);
      this.#write(budget, this.#failed(budget, error.message));
      this.#queue.addRateLimited(key);
    }
  }

  /** Upstream: trySync */
  #statusOf(budget: PodDisruptionBudget, selected: readonly Pod[]): PodDisruptionBudgetStatus {
    const { expected, desired } = this.#counts(budget, selected);
    const disruptedPods = this.#stillExpected(budget, selected);
    const isHealthy = (pod: Pod): boolean =>
      pod.metadata.deletionTimestamp === undefined && !(pod.metadata.name in disruptedPods) && isPodReady(pod);
    const healthy = selected.filter(isHealthy).length;
    const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    const generation = budget.metadata.generation ?? 0;
    const status: PodDisruptionBudgetStatus = {
      ...(budget.status?.conditions && { conditions: budget.status.conditions }),
      currentHealthy: healthy,
      desiredHealthy: desired,
      ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
      disruptionsAllowed: allowed,
      expectedPods: expected,
      observedGeneration: generation,
    };
    return withAllowedCondition(status, generation, rfc3339(this.#nowMs));
  }

  /** Upstream: getExpectedPodCount */
  #counts({ spec = {} }: PodDisruptionBudget, selected: readonly Pod[]): { expected: number; desired: number } {
    const { maxUnavailable, minAvailable } = spec;
    if (maxUnavailable !== undefined) {
      const expected = this.#expected.of(selected);
      return { expected, desired: Math.max(0, expected - scaledValue(maxUnavailable, expected, Math.ceil)) };
    }
    if (minAvailable === undefined) return { expected: 0, desired: 0 };
    if (typeof minAvailable === 'number') return { expected: selected.length, desired: minAvailable };
    const expected = this.#expected.of(selected);
    return { expected, desired: scaledValue(minAvailable, expected, Math.ceil) };
  }

  /** Evicted pods that have not been seen going yet. Upstream: buildDisruptedPodMap */
  #stillExpected(budget: PodDisruptionBudget, selected: readonly Pod[]): DisruptedPods {
    const known = budget.status?.disruptedPods;
    if (!known) return {};
    const kept: Record<string, string> = {};
    for (const pod of selected) {
      const { name, deletionTimestamp } = pod.metadata;
      const since = known[name];
      if (since === undefined || deletionTimestamp !== undefined) continue;
      const dueMs = Date.parse(since) + deletionTimeoutMs;
      if (dueMs < this.#nowMs) {
        const { namespace } = budget.metadata;
        const text = `Pod was expected by PDB ${namespace}/${budget.metadata.name} to be deleted but it wasn't`;
        this.#context.events.record(pod, 'Warning', 'NotDeleted', text);
        continue;
      }
      kept[name] = since;
      this.#queue.addAfter(keyOf(budget), dueMs - this.#nowMs + 1);
    }
    return kept;
  }

  /** Nothing may be taken away while it is unknown how much there should be. Upstream: failSafe */
  #failed({ metadata, status }: PodDisruptionBudget, message: string): PodDisruptionBudgetStatus {
    const others = (status.conditions ?? []).filter(({ type }) => type !== 'DisruptionAllowed');
    const condition = {
      type: 'DisruptionAllowed',
      status: 'False',
      reason: 'SyncFailed',
      message,
      observedGeneration: metadata.generation ?? 0,
      lastTransitionTime: rfc3339(this.#nowMs),
    };
    const known = status.conditions?.find(({ type }) => type === 'DisruptionAllowed');
    const isSame = known?.reason === 'SyncFailed' && known.message === message;
    return { ...status, disruptionsAllowed: 0, conditions: [...others, isSame ? known : condition] };
  }

  #write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): void {
    if (!jsonEqual(budget.status ?? {}, status)) this.#client.updateStatus({ ...budget, status });
  }

  get #nowMs(): number {
    return this.#context.clock.nowMs;
  }
}

function selects({ spec, metadata }: PodDisruptionBudget, pod: Pod): boolean {
  if (metadata.namespace !== pod.metadata.namespace) return false;
  return matchesLabels(queryFromLabelSelector(spec?.selector), pod.metadata.labels ?? {});
}
