import type { Lease, Node, Pod } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { rfc3339 } from '../../api/time.ts';
import { leases, nodes, pods } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import {
  gracePeriodMs,
  observed,
  readyCondition,
  startupGracePeriodMs,
  unknownConditions,
} from './node-lifecycle/node-health.ts';
import type { NodeHealth } from './node-lifecycle/node-health.ts';
import { noExecuteTaint, withNoExecuteTaint, withNoScheduleTaints } from './node-lifecycle/node-taints.ts';
import { evictionIntervalMs, zoneState } from './node-lifecycle/zone-state.ts';
import { podCondition } from './pod-state.ts';
import { withPodCondition } from './pod-conditions.ts';

const monitorPeriodMs = 5_000;
const leaseNamespace = 'kube-node-lease';
const zoneLabel = 'topology.kubernetes.io/zone';

/**
 * Watches over the nodes: says so when one is not heard of any more, and taints it so that pods keep or go away.
 * Upstream: pkg/controller/nodelifecycle
 */
export function startNodeLifecycleController(context: ComponentContext): void {
  new NodeLifecycleController(context).start();
}

class NodeLifecycleController {
  readonly #context: ComponentContext;
  readonly #client: ResourceClient<Node>;
  readonly #podClient: ResourceClient<Pod>;
  readonly #cache: Informer<Node>;
  readonly #leases: Informer<Lease>;
  readonly #pods: Informer<Pod>;
  /** Nodes whose NoSchedule taints are to be checked. */
  readonly #queue: WorkQueue;
  readonly #health = new Map<string, NodeHealth>();
  /** Nodes that wait for their NoExecute taint, by zone: only so many at a time. */
  readonly #toEvict = new Map<string, Set<string>>();
  readonly #nextEvictionMs = new Map<string, number>();

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#client = context.client.resource(nodes);
    this.#podClient = context.client.resource(pods);
    this.#cache = context.informers.informer(nodes);
    this.#leases = context.informers.informer(leases);
    this.#pods = context.informers.informer(pods);
    this.#queue = context.queue({ reconcile: (key) => this.#taintNoSchedule(key) });
  }

  start(): void {
    this.#pods.addIndex('node', ({ spec }) => (spec.nodeName ? [spec.nodeName] : []));
    this.#cache.onChange({
      added: (node) => this.#queue.add(node.metadata.name),
      updated: (node, old) => {
        const isNews = node.spec !== old.spec || node.status?.conditions !== old.status?.conditions;
        if (isNews) this.#queue.add(node.metadata.name);
      },
      deleted: (node) => this.#forget(node),
    });
    this.#pods.onChange({ added: (pod) => this.#podPlaced(pod), updated: (pod, old) => this.#podPlaced(pod, old) });
    this.#scheduleMonitor();
  }

  #scheduleMonitor(): void {
    const { clock, component } = this.#context;
    clock.schedule(monitorPeriodMs, { component, action: 'monitor nodes' }, () => {
      this.#monitor();
      this.#scheduleMonitor();
    });
  }

  #monitor(): void {
    const all = this.#cache.list();
    const zones = new Map<string, { ready: number; notReady: number }>();
    for (const node of all) {
      const current = this.#checkedOrAsItIs(node);
      const zone = zoneOf(node);
      const counts = zones.get(zone) ?? { ready: 0, notReady: 0 };
      zones.set(zone, counts);
      if (readyCondition(current)?.status === 'True') counts.ready++;
      else counts.notReady++;
      // By what it was before: a node that has just fallen silent gets this taint with the next round.
      this.#arrangeEviction(node, zone);
    }
    this.#evictSome(zones);
  }

  /** What the API refuses now is tried again in the next round: the controller may have lost its role. */
  #checkedOrAsItIs(node: Node): Node {
    try {
      return this.#checkHealth(node);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return node;
    }
  }

  /** @returns the node with its conditions as they are after the check */
  #checkHealth(node: Node): Node {
    const { name } = node.metadata;
    const { nowMs } = this.#context.clock;
    const known = this.#health.get(name);
    if (!known) {
      const message = `Node ${name} event: Registered Node ${name} in Controller`;
      this.#context.events.record(node, 'Normal', 'RegisteredNode', message);
    }
    const health = observed(node, this.#leases.get(`${leaseNamespace}/${name}`)?.spec?.renewTime, known, nowMs);
    this.#health.set(name, health);
    const grace = readyCondition(node) ? gracePeriodMs : startupGracePeriodMs;
    const wasReady = readyCondition(node)?.status === 'True';
    if (nowMs <= health.probedMs + grace) return node;
    const conditions = unknownConditions(node, nowMs);
    if (conditions === node.status?.conditions) return node;
    const written = this.#client.modifyStatus('', name, (fresh) => ({
      ...fresh,
      status: { ...fresh.status, conditions: unknownConditions(fresh, nowMs) },
    }));
    if (wasReady) {
      this.#context.events.record(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
      // The kubelet that should say so is not heard of.
      for (const pod of this.#pods.byIndex('node', name)) this.#markPodNotReady(pod);
    }
    return written ?? node;
  }

  #markPodNotReady(pod: Pod): void {
    const ready = podCondition(pod, 'Ready');
    if (ready?.status !== 'True') return;
    const { namespace = '', name } = pod.metadata;
    const lastTransitionTime = rfc3339(this.#context.clock.nowMs);
    try {
      this.#podClient.modifyStatus(namespace, name, (fresh) =>
        withPodCondition(fresh, { ...ready, status: 'False', lastTransitionTime }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return;
    }
    this.#context.events.record(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }

  /** A pod that reports itself ready, or arrives, on a node that is not ready. */
  #podPlaced(pod: Pod, old?: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || old?.spec.nodeName === nodeName) return;
    const node = this.#cache.get(nodeName);
    const ready = node && readyCondition(node);
    if (ready && ready.status !== 'True') this.#markPodNotReady(pod);
  }

  #arrangeEviction(node: Node, zone: string): void {
    const { name } = node.metadata;
    const taint = noExecuteTaint(node);
    const waiting = this.#toEvict.get(zone) ?? new Set();
    this.#toEvict.set(zone, waiting);
    if (taint === undefined) {
      waiting.delete(name);
      this.#taintNoExecute(node, undefined);
    } else if (!node.spec?.taints?.some(({ key, effect }) => key === taint && effect === 'NoExecute')) {
      // From one of the two taints to the other: nobody has to wait for that.
      if (withNoExecuteTaint(node, undefined, 0) !== node) this.#taintNoExecute(node, taint);
      else waiting.add(name);
    }
  }

  #evictSome(zones: ReadonlyMap<string, { readonly ready: number; readonly notReady: number }>): void {
    const { nowMs } = this.#context.clock;
    const areAllFullyDown = [...zones.values()].every(
      ({ ready, notReady }) => zoneState(ready, notReady) === 'FullDisruption',
    );
    for (const [zone, { ready, notReady }] of zones) {
      const intervalMs = evictionIntervalMs(zoneState(ready, notReady), ready + notReady, areAllFullyDown);
      if (intervalMs === undefined) continue;
      for (const name of this.#toEvict.get(zone) ?? []) {
        if ((this.#nextEvictionMs.get(zone) ?? 0) > nowMs) break;
        this.#toEvict.get(zone)!.delete(name);
        const node = this.#client.get('', name);
        const taint = node && noExecuteTaint(node);
        if (!node || taint === undefined) continue;
        this.#nextEvictionMs.set(zone, nowMs + intervalMs);
        this.#taintNoExecute(node, taint);
      }
    }
  }

  #taintNoExecute(node: Node, taint: string | undefined): void {
    const { nowMs } = this.#context.clock;
    if (withNoExecuteTaint(node, taint, nowMs) === node) return;
    this.#client.modify('', node.metadata.name, (fresh) => withNoExecuteTaint(fresh, taint, nowMs));
  }

  #taintNoSchedule(name: ObjectKey): void {
    this.#client.modify('', name, (node) => withNoScheduleTaints(node, this.#context.clock.nowMs));
  }

  #forget(node: Node): void {
    const { name } = node.metadata;
    this.#health.delete(name);
    for (const waiting of this.#toEvict.values()) waiting.delete(name);
    const message = `Node ${name} event: Removing Node ${name} from Controller`;
    this.#context.events.record(node, 'Normal', 'RemovingNode', message);
  }
}

function zoneOf({ metadata }: Node): string {
  return metadata.labels?.[zoneLabel] ?? '';
}
