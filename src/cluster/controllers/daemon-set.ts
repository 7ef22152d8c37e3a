import type { DaemonSet, DaemonSetStatus, Node, Pod } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { matchesLabels, queryFromLabelSelector } from '../../api/selectors/label-selector.ts';
import { daemonSets, nodes } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { nodeNameOf, templateFor } from './daemon-set/daemon-pod.ts';
import { eligibility } from './daemon-set/eligibility.ts';
import { isAvailable, isUpdated, planPods, planRollingUpdate } from './daemon-set/plan.ts';
import { OwnedPods } from './owned-pods.ts';
import { controllerReference } from './owner-reference.ts';
import { PodControl } from './pod-control.ts';
import { isPodReady } from './pod-state.ts';
import { revisionHashLabel, RevisionHistories } from './revision-history.ts';
import { withoutZeros } from './without-zeros.ts';

const burstReplicas = 250;

/**
 * Keeps one pod of each DaemonSet on each node that should have one.
 * Upstream: pkg/controller/daemon
 * Differs: adopts no pods that it did not create, takes maxSurge for 0, and deletes failed pods without back-off.
 */
export function startDaemonSetController(context: ComponentContext): void {
  new DaemonSetController(context).start();
}

class DaemonSetController {
  readonly #context: ComponentContext;
  readonly #cache: Informer<DaemonSet>;
  readonly #pods: OwnedPods<DaemonSet>;
  readonly #nodes: Informer<Node>;
  readonly #client: ResourceClient<DaemonSet>;
  readonly #podControl: PodControl;
  readonly #histories: RevisionHistories;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(daemonSets);
    this.#nodes = context.informers.informer(nodes);
    this.#client = context.client.resource(daemonSets);
    this.#podControl = new PodControl(context);
    this.#histories = new RevisionHistories(context);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
    this.#pods = new OwnedPods(context, {
      kind: 'DaemonSet',
      owners: this.#cache,
      changed: (key) => this.#queue.add(key),
    });
  }

  start(): void {
    this.#pods.watch();
    const queue = (daemonSet: DaemonSet): void => this.#queue.add(keyOf(daemonSet));
    this.#cache.onChange({ added: queue, updated: queue });
    const all = (): void => this.#cache.list().forEach(queue);
    this.#nodes.onChange({
      added: all,
      updated: (node, old) => {
        if (!jsonEqual(node.metadata.labels, old.metadata.labels) || !jsonEqual(node.spec, old.spec)) all();
      },
      deleted: all,
    });
  }

  #reconcile(key: ObjectKey): void {
    const daemonSet = this.#cache.get(key);
    if (!daemonSet || daemonSet.metadata.deletionTimestamp) return;
    const { spec, status } = daemonSet;
    const history = this.#histories.sync(daemonSet, daemonSets, spec.template, status?.collisionCount);
    const hash = history.current.metadata.labels?.[revisionHashLabel] ?? '';
    if (this.#pods.areSettled(key)) {
      this.#manage(daemonSet, hash);
      const isRolling = (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
      if (isRolling && this.#pods.areSettled(key)) this.#rollOut(daemonSet, hash);
    }
    const inUse = new Set(this.#podsOf(daemonSet).map(({ metadata }) => metadata.labels?.[revisionHashLabel]));
    this.#histories.trim(history, spec.revisionHistoryLimit ?? 10, ({ metadata }) =>
      inUse.has(metadata.labels?.[revisionHashLabel]),
    );
    this.#writeStatus(daemonSet, hash);
  }

  #manage(daemonSet: DaemonSet, hash: string): void {
    const owned = this.#podsOf(daemonSet);
    const leaving = new Set(
      owned.filter(({ metadata }) => metadata.deletionTimestamp).map((pod) => nodeNameOf(pod) ?? ''),
    );
    const plan = planPods(daemonSet, this.#nodes.list(), byNode(owned), leaving);
    for (const pod of plan.failed) {
      const message = `Found failed daemon pod ${keyOf(pod)} on node ${nodeNameOf(pod)}, will try to kill it`;
      this.#context.events.record(daemonSet, 'Warning', 'FailedDaemonPod', message);
    }
    for (const pod of plan.succeeded) {
      const message = `Found succeeded daemon pod ${keyOf(pod)} on node ${nodeNameOf(pod)}, will try to delete it`;
      this.#context.events.record(daemonSet, 'Normal', 'SucceededDaemonPod', message);
    }
    if (plan.remove.length > 0) this.#delete(daemonSet, plan.remove.slice(0, burstReplicas));
    const targets = plan.createOn.slice(0, burstReplicas);
    if (targets.length === 0) return;
    const reference = controllerReference(daemonSet, daemonSets);
    this.#pods.createEach(daemonSet, targets, (name) => {
      this.#podControl.create(templateFor(daemonSet, hash, name), daemonSet, reference);
    });
  }

  #rollOut(daemonSet: DaemonSet, hash: string): void {
    const { nowMs } = this.#context.clock;
    const old = planRollingUpdate(daemonSet, this.#nodes.list(), byNode(this.#podsOf(daemonSet)), hash, nowMs);
    if (old.length > 0) this.#delete(daemonSet, old);
  }

  #delete(daemonSet: DaemonSet, doomed: readonly Pod[]): void {
    this.#pods.deleteEach(daemonSet, doomed, (pod) => this.#podControl.delete(pod, daemonSet));
  }

  #writeStatus(daemonSet: DaemonSet, hash: string): void {
    const { nowMs } = this.#context.clock;
    const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
    const there = byNode(this.#podsOf(daemonSet));
    for (const node of this.#nodes.list()) {
      const onNode = there.get(node.metadata.name) ?? [];
      const { shouldRun } = eligibility(daemonSet, node);
      if (!shouldRun) {
        if (onNode.length > 0) counts.misscheduled++;
        continue;
      }
      counts.desired++;
      const [oldest] = onNode;
      if (!oldest) continue;
      counts.current++;
      if (isPodReady(oldest)) counts.ready++;
      if (isAvailable(oldest, daemonSet, nowMs)) counts.available++;
      if (isUpdated(oldest, hash)) counts.updated++;
    }
    const { collisionCount, conditions } = daemonSet.status ?? {};
    const status: DaemonSetStatus = {
      currentNumberScheduled: counts.current,
      numberMisscheduled: counts.misscheduled,
      desiredNumberScheduled: counts.desired,
      numberReady: counts.ready,
      ...withoutZeros({
        observedGeneration: daemonSet.metadata.generation ?? 0,
        updatedNumberScheduled: counts.updated,
        numberAvailable: counts.available,
        numberUnavailable: counts.desired - counts.available,
      }),
      ...(collisionCount !== undefined && { collisionCount }),
      ...(conditions && { conditions }),
    };
    const { namespace = '', name, uid } = daemonSet.metadata;
    if (!jsonEqual(daemonSet.status, status)) {
      this.#client.modifyStatus(namespace, name, (fresh) =>
        fresh.metadata.uid === uid ? { ...fresh, status } : fresh,
      );
    }
    const { minReadySeconds = 0 } = daemonSet.spec;
    const isMaturing = minReadySeconds > 0 && counts.ready !== counts.available;
    if (isMaturing) this.#queue.addAfter(keyOf(daemonSet), minReadySeconds * 1000);
  }

  #podsOf(daemonSet: DaemonSet): readonly Pod[] {
    const selector = queryFromLabelSelector(daemonSet.spec.selector);
    return this.#pods.of(daemonSet).filter((pod) => matchesLabels(selector, pod.metadata.labels));
  }
}

function byNode(owned: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const result = new Map<string, Pod[]>();
  for (const pod of owned) {
    const name = nodeNameOf(pod);
    if (name === undefined || pod.metadata.deletionTimestamp) continue;
    const there = result.get(name);
    if (there) there.push(pod);
    else result.set(name, [pod]);
  }
  for (const there of result.values()) there.sort(byAge);
  return result;
}

function byAge(a: Pod, b: Pod): number {
  const [left, right] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return left < right ? -1 : left > right ? 1 : a.metadata.name < b.metadata.name ? -1 : 1;
}
