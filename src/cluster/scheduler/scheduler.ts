import type { Pod } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Cancel } from '../../kernel/index.ts';
import { pods } from '../apiserver/registry/index.ts';
import { withPodCondition } from '../controllers/pod-conditions.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { ClusterEvent } from './cluster-event.ts';
import type { ClusterState } from './cluster-state.ts';
import { Cycle } from './cycle.ts';
import type { Deliberation } from './cycle.ts';
import { Decisions } from './decision.ts';
import type { Decision } from './decision.ts';
import { fitErrorMessage, truncatedMessage } from './fit-error.ts';
import type { Plugin } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import { PodInfo } from './pod-info.ts';
import { findPreemption } from './preemption.ts';
import type { Preemption } from './preemption.ts';
import { PodBinder } from './pod-binder.ts';
import { SchedulingQueue } from './queue.ts';
import type { QueuedPod } from './queue.ts';

/** What a decision takes, and what the request that binds takes, in milliseconds of virtual time. */
const decisionMs = [0.3, 1] as const;
const bindMs = [1, 4] as const;

/**
 * Finds a node for each pod that has none.
 * Upstream: pkg/scheduler/schedule_one.go
 */
export class Scheduler {
  readonly #context: ComponentContext;
  readonly #pods: ResourceClient<Pod>;
  readonly #cluster: ClusterState;
  readonly #queue: SchedulingQueue;
  readonly #cycle: Cycle;
  readonly #binder: PodBinder;
  readonly #decisions = new Decisions();
  /** Pods that were promised a node by preemption, by that node. */
  readonly #nominated = new Map<string, Map<ObjectKey, PodInfo>>();
  #isCycleDue = false;
  #cancelWake: Cancel | undefined;
  #wakeMs = Infinity;

  constructor(context: ComponentContext, cluster: ClusterState, plugins: readonly Plugin[]) {
    this.#context = context;
    this.#cluster = cluster;
    this.#pods = context.client.resource(pods);
    this.#queue = new SchedulingQueue(context.clock, plugins);
    this.#binder = new PodBinder(context, cluster);
    this.#cycle = new Cycle(plugins, context.random);
  }

  /** How many pods wait for a node. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** The latest decision about a pod, node by node and plugin by plugin; undefined when none is remembered. */
  explain(podKey: ObjectKey): Decision | undefined {
    return this.#decisions.explain(podKey);
  }

  /** A pod without a node has appeared. */
  enqueue(pod: PodInfo): void {
    this.#noteNomination(pod);
    this.#queue.add(pod, this.#context.trace.currentId);
    this.#arrange();
  }

  /** A pod without a node has changed. */
  requeue(pod: PodInfo, old: Pod): void {
    this.#noteNomination(pod);
    if (!this.#queue.has(pod.key)) {
      if (!this.#cluster.placed(pod.key)) this.enqueue(pod);
      return;
    }
    this.#queue.update({ type: 'pod-itself', pod: pod.pod, old }, pod, this.#context.trace.currentId);
    this.#arrange();
  }

  /** A pod is gone, or has a node, or is not ours. */
  dequeue(key: ObjectKey): void {
    this.#queue.remove(key);
    this.#dropNomination(key);
  }

  forget(key: ObjectKey): void {
    this.dequeue(key);
    this.#decisions.forget(key);
  }

  /** Something has happened that may help a pod that waits. */
  notice(event: ClusterEvent): void {
    this.#queue.notice(event, this.#context.trace.currentId);
    this.#arrange();
  }

  /** One decision at a time: each is an event on the clock. */
  #arrange(): void {
    const next = this.#queue.peek();
    if (next && !this.#isCycleDue) {
      this.#isCycleDue = true;
      const delayMs = this.#context.random.between(...decisionMs);
      this.#schedule(delayMs, 'schedule', next.key, () => {
        this.#isCycleDue = false;
        const queued = this.#queue.pop();
        if (queued) this.#context.trace.during(queued.causeId, () => this.#scheduleOne(queued));
        this.#arrange();
      });
    }
    this.#arrangeWake();
  }

  #arrangeWake(): void {
    const wakeMs = this.#queue.nextWakeMs ?? Infinity;
    if (wakeMs === this.#wakeMs) return;
    this.#cancelWake?.();
    this.#wakeMs = wakeMs;
    if (wakeMs === Infinity) return;
    const delayMs = Math.max(0, wakeMs - this.#context.clock.nowMs);
    this.#cancelWake = this.#schedule(delayMs, 'retry', undefined, () => {
      this.#wakeMs = Infinity;
      this.#arrange();
    });
  }

  #scheduleOne(queued: QueuedPod): void {
    const { pod } = queued;
    if (pod.isTerminating || this.#cluster.placed(pod.key)) return;
    if (this.#cluster.nodes.length === 0) {
      this.#fail(queued, 'no nodes available to schedule pods', 'error', undefined);
      return;
    }
    const deliberation = this.#cycle.deliberate(pod, this.#cluster, (node) => [
      ...(this.#nominated.get(node)?.values() ?? []),
    ]);
    if (deliberation.chosen) this.#assume(queued, deliberation, deliberation.chosen);
    else this.#preemptOrFail(queued, deliberation);
  }

  /** Counts the pod to its node at once; the API server hears of it a moment later. */
  #assume(queued: QueuedPod, deliberation: Deliberation, node: NodeInfo): void {
    const { pod } = queued;
    this.#dropNomination(pod.key);
    this.#cluster.place(pod, node.name);
    const summary = {
      podKey: pod.key,
      atMs: this.#context.clock.nowMs,
      outcome: 'scheduled',
      node: node.name,
    } as const;
    this.#decisions.remember(summary, deliberation);
    const preBinding = this.#cycle.preBind(pod, node, this.#cluster);
    if (preBinding) this.#binder.reserve(preBinding);
    const delayMs = this.#context.random.between(...bindMs);
    const messageId = this.#traceBind(pod, node, deliberation, delayMs);
    this.#schedule(delayMs, 'bind', pod.key, () =>
      this.#context.trace.during(messageId, () => this.#binder.bind(pod, node.name, preBinding, failed)),
    );
    const failed = (message: string | undefined): void => {
      this.notice({ type: 'pod-left', pod: pod.pod, isGone: true });
      if (message !== undefined) this.#fail(queued, message, 'error', undefined);
      this.#arrange();
    };
  }

  #traceBind(pod: PodInfo, node: NodeInfo, { nodeCount, feasible, totals }: Deliberation, delayMs: number): number {
    const { clock, place, trace } = this.#context;
    const score = totals[feasible.indexOf(node)] ?? 0;
    const reason = feasible.length === 1 ? 'the only one that fits' : `best of ${feasible.length} with ${score} points`;
    return trace.record({
      sentMs: clock.nowMs,
      arrivesMs: clock.nowMs + delayMs,
      kind: 'bind',
      from: place,
      to: { type: 'node', name: node.name },
      verb: 'bind',
      subject: `pods/${pod.key}`,
      detail: `${node.name}, ${reason} (${nodeCount} nodes)`,
    });
  }

  #preemptOrFail(queued: QueuedPod, deliberation: Deliberation): void {
    const { pod } = queued;
    const preemption = findPreemption(pod, this.#cluster, deliberation, this.#cycle, this.#context.random);
    const { nodeCount, refusals, forAllNodes } = deliberation;
    const afterwards = 'message' in preemption ? preemption.message : '';
    const message = fitErrorMessage(nodeCount, [...refusals.values()], forAllNodes?.reasons.join(', '), afterwards);
    if ('node' in preemption) this.#preempt(pod, preemption);
    this.#fail(queued, message, 'unschedulable', deliberation, 'node' in preemption ? preemption.node.name : '');
  }

  #preempt(pod: PodInfo, { node, victims }: Extract<Preemption, { node: NodeInfo }>): void {
    this.#dropNomination(pod.key);
    const promised = this.#nominated.get(node.name) ?? new Map<ObjectKey, PodInfo>();
    this.#nominated.set(node.name, promised.set(pod.key, pod));
    const { uid } = pod.pod.metadata;
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${pod.pod.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`,
      lastTransitionTime: rfc3339(this.#context.clock.nowMs),
    };
    for (const victim of victims) {
      const { namespace = '', name } = victim.pod.metadata;
      try {
        this.#pods.modifyStatus(namespace, name, (fresh) => withPodCondition(fresh, condition));
        this.#pods.delete(namespace, name);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        continue;
      }
      const message = `Preempted by pod ${uid} on node ${node.name}`;
      this.#context.events.record(victim.pod, 'Normal', 'Preempted', message);
    }
  }

  #fail(
    queued: QueuedPod,
    message: string,
    outcome: 'unschedulable' | 'error',
    deliberation: Deliberation | undefined,
    nominatedNode = '',
  ): void {
    const { pod } = queued;
    const { clock, events } = this.#context;
    const promise = nominatedNode ? { node: nominatedNode } : {};
    this.#decisions.remember({ podKey: pod.key, atMs: clock.nowMs, outcome, message, ...promise }, deliberation);
    if (outcome === 'error') this.#queue.putBackAfterError(queued);
    else this.#queue.putBack(queued, refusersOf(deliberation!));
    events.record(pod.pod, 'Warning', 'FailedScheduling', truncatedMessage(message));
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: outcome === 'error' ? 'SchedulerError' : 'Unschedulable',
      message,
      lastTransitionTime: rfc3339(clock.nowMs),
      observedGeneration: pod.pod.metadata.generation,
    };
    const { namespace = '', name } = pod.pod.metadata;
    this.#pods.modifyStatus(namespace, name, (fresh) =>
      withNomination(withPodCondition(fresh, condition), nominatedNode),
    );
  }

  #noteNomination(pod: PodInfo): void {
    const node = pod.pod.status.nominatedNodeName;
    if (!node) return;
    this.#dropNomination(pod.key);
    this.#nominated.set(node, (this.#nominated.get(node) ?? new Map<ObjectKey, PodInfo>()).set(pod.key, pod));
  }

  #dropNomination(key: ObjectKey): void {
    for (const promised of this.#nominated.values()) promised.delete(key);
  }

  #schedule(delayMs: number, action: string, key: ObjectKey | undefined, run: () => void): Cancel {
    const label = { component: this.#context.component, action, ...(key && { subject: `pods/${key}` }) };
    return this.#context.clock.schedule(delayMs, label, run);
  }
}

function refusersOf({ refusals, forAllNodes }: Deliberation): ReadonlySet<string> {
  return new Set([...(forAllNodes ? [forAllNodes] : []), ...refusals.values()].map(({ plugin }) => plugin));
}

function withNomination(pod: Pod, nominatedNode: string): Pod {
  if ((pod.status.nominatedNodeName ?? '') === nominatedNode) return pod;
  const { nominatedNodeName: _, ...status } = pod.status;
  return { ...pod, status: nominatedNode ? { ...status, nominatedNodeName: nominatedNode } : status };
}
