import type { Pod } from '../../api/generated/types.ts';
import { ApiError, keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { rfc3339 } from '../../api/time.ts';
import { nodes, pods } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { isPodTerminal } from './pod-state.ts';
import { withPodCondition } from './pod-conditions.ts';

/** How long a node must be gone before its pods are taken for lost. */
const quarantineMs = 40_000;
const periodMs = 20_000;
/** Finished pods beyond this number go, the oldest first. */
const terminatedPodThreshold = 12_500;

/**
 * Clears away pods that nobody else will: of nodes that are gone, and finished ones when there are too many.
 * Upstream: pkg/controller/podgc
 */
export function startPodGarbageCollector(context: ComponentContext): void {
  new PodGarbageCollector(context).start();
}

class PodGarbageCollector {
  readonly #context: ComponentContext;
  readonly #pods: Informer<Pod>;
  readonly #client: ResourceClient<Pod>;
  /** Keys are `node/<name>`, `pod/<key>`, or `terminated`. */
  readonly #queue: WorkQueue;
  readonly #terminated = new Map<ObjectKey, Pod>();

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#pods = context.informers.informer(pods);
    this.#client = context.client.resource(pods);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
  }

  start(): void {
    this.#pods.addIndex('node', ({ spec }) => (spec.nodeName ? [spec.nodeName] : []));
    const changed = (pod: Pod): void => this.#podChanged(pod);
    this.#pods.onChange({
      added: changed,
      updated: changed,
      deleted: (pod) => this.#terminated.delete(keyOf(pod)),
    });
    this.#context.informers.informer(nodes).onChange({
      deleted: ({ metadata }) => this.#queue.addAfter(`node/${metadata.name}`, quarantineMs),
    });
  }

  #podChanged(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (isPodTerminal(pod)) {
      this.#terminated.set(keyOf(pod), pod);
      if (this.#terminated.size > terminatedPodThreshold) this.#queue.addAfter('terminated', periodMs);
    }
    if (nodeName && !this.#isNode(nodeName)) this.#queue.addAfter(`node/${nodeName}`, quarantineMs);
    if (!nodeName && pod.metadata.deletionTimestamp) this.#queue.addAfter(`pod/${keyOf(pod)}`, periodMs);
  }

  #reconcile(key: string): void {
    const slash = key.indexOf('/');
    const subject = key.slice(slash + 1);
    if (key === 'terminated') this.#collectTerminated();
    else if (key.startsWith('node/')) this.#collectLost(subject);
    else this.#collectUnscheduled(subject);
  }

  #collectLost(nodeName: string): void {
    if (this.#isNode(nodeName)) return;
    for (const pod of this.#pods.byIndex('node', nodeName)) this.#markAndDelete(pod, 'PodGC: node no longer exists');
  }

  /** A pod that was told to go before it had a node: there is no kubelet to finish it. */
  #collectUnscheduled(key: ObjectKey): void {
    const pod = this.#pods.get(key);
    if (pod?.metadata.deletionTimestamp && !pod.spec.nodeName) this.#delete(pod);
  }

  #collectTerminated(): void {
    const surplus = this.#terminated.size - terminatedPodThreshold;
    if (surplus <= 0) return;
    const oldestFirst = [...this.#terminated.values()].toSorted((a, b) =>
      a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
    );
    for (const pod of oldestFirst.slice(0, surplus)) this.#delete(pod);
  }

  #markAndDelete(pod: Pod, message: string): void {
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message,
      lastTransitionTime: rfc3339(this.#context.clock.nowMs),
    };
    if (!isPodTerminal(pod)) {
      this.#client.modifyStatus(pod.metadata.namespace ?? '', pod.metadata.name, (fresh) => {
        const marked = withPodCondition(fresh, condition);
        return { ...marked, status: { ...marked.status, phase: 'Failed' } };
      });
    }
    this.#delete(pod);
  }

  #delete({ metadata }: Pod): void {
    const { namespace = '', name, uid } = metadata;
    try {
      this.#client.delete(namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!(error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict'))) throw error;
    }
  }

  #isNode(name: string): boolean {
    return this.#context.client.resource(nodes).get('', name) !== undefined;
  }
}
