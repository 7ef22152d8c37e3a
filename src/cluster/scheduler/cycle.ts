import type { RandomStream } from '../../kernel/index.ts';
import type { ClusterView } from './cluster-view.ts';
import { isRefusal } from './framework.ts';
import type { FilterPlan, NodeFilter, Plugin, PreBinding, Refusal } from './framework.ts';
import { HypotheticalView } from './hypothetical-view.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** How one plugin scored the feasible nodes, in their order. */
export interface ScoredPlugin {
  readonly plugin: Plugin;
  readonly raw: readonly number[];
  /** From 0 to 100, before the weight. */
  readonly normalised: readonly number[];
}

/** All that was considered for one pod. */
export interface Deliberation {
  readonly nodeCount: number;
  /** What kept single nodes out. */
  readonly refusals: ReadonlyMap<NodeInfo, Refusal>;
  /** What kept all of them out before any was looked at. */
  readonly forAllNodes: Refusal | undefined;
  readonly feasible: readonly NodeInfo[];
  /** Empty when there was no choice. */
  readonly scored: readonly ScoredPlugin[];
  readonly totals: readonly number[];
  readonly chosen: NodeInfo | undefined;
}

/** Pods that have been promised a node by preemption and are not there yet. */
export type NominatedPods = (nodeName: string) => readonly PodInfo[];

/** Clusters smaller than this are looked at whole. */
const minNodesToFind = 100;
const minPercentage = 5;

/** How many feasible nodes are enough to choose from. Upstream: schedule_one.go numFeasibleNodesToFind */
export function nodesToFind(nodeCount: number): number {
  if (nodeCount < minNodesToFind) return nodeCount;
  const percentage = Math.max(minPercentage, 50 - Math.trunc(nodeCount / 125));
  return Math.max(minNodesToFind, Math.trunc((nodeCount * percentage) / 100));
}

/**
 * Finds the node for one pod: filter, score, choose.
 * Upstream: pkg/scheduler/schedule_one.go schedulePod
 */
export class Cycle {
  readonly #plugins: readonly Plugin[];
  readonly #random: RandomStream;
  /** Where the next search begins, so that all nodes get their turn when few of many are looked at. */
  #nextStart = 0;

  constructor(plugins: readonly Plugin[], random: RandomStream) {
    this.#plugins = plugins;
    this.#random = random;
  }

  deliberate(pod: PodInfo, cluster: ClusterView, nominated: NominatedPods): Deliberation {
    const { nodes } = cluster;
    const plan = planFilters(this.#plugins, pod, cluster);
    const nothing = { nodeCount: nodes.length, feasible: [], scored: [], totals: [], chosen: undefined };
    if (isRefusal(plan)) return { ...nothing, refusals: new Map(), forAllNodes: plan };

    const refusals = new Map<NodeInfo, Refusal>();
    const feasible = this.#findFeasible(pod, cluster, plan, nominated, refusals);
    if (feasible.length === 0) return { ...nothing, refusals, forAllNodes: undefined };
    const scored = feasible.length === 1 ? [] : this.#score(pod, cluster, feasible);
    const totals = totalsOf(scored, feasible.length);
    const chosen = this.#choose(feasible, totals);
    return { nodeCount: nodes.length, refusals, forAllNodes: undefined, feasible, scored, totals, chosen };
  }

  /** Whether the filters let the pod onto a node of a cluster that is only imagined. */
  refusalOn(pod: PodInfo, node: NodeInfo, cluster: ClusterView): Refusal | undefined {
    const plan = planFilters(this.#plugins, pod, cluster);
    return isRefusal(plan) ? plan : refusalBy(plan, node);
  }

  /** What has to happen before the pod is bound to its node; undefined when nothing. */
  preBind(pod: PodInfo, node: NodeInfo, cluster: ClusterView): PreBinding | undefined {
    for (const plugin of this.#plugins) {
      const preBinding = plugin.preBind?.(pod, node, cluster);
      if (preBinding) return preBinding;
    }
    return undefined;
  }

  #findFeasible(
    pod: PodInfo,
    cluster: ClusterView,
    plan: CombinedPlan,
    nominated: NominatedPods,
    refusals: Map<NodeInfo, Refusal>,
  ): readonly NodeInfo[] {
    const { nodes } = cluster;
    const enough = nodesToFind(nodes.length);
    const feasible: NodeInfo[] = [];
    let looked = 0;
    for (; looked < nodes.length && feasible.length < enough; looked++) {
      const node = nodes[(this.#nextStart + looked) % nodes.length]!;
      const refusal = refusalBy(plan, node) ?? this.#refusalWith(nominated(node.name), pod, node, cluster);
      if (refusal) refusals.set(node, refusal);
      else feasible.push(node);
    }
    this.#nextStart = nodes.length === 0 ? 0 : (this.#nextStart + looked) % nodes.length;
    return feasible;
  }

  /** A node must also do when those have come that it is promised to, unless they matter less. */
  #refusalWith(promised: readonly PodInfo[], pod: PodInfo, node: NodeInfo, cluster: ClusterView): Refusal | undefined {
    const extra = promised.filter((other) => other.priority >= pod.priority && other.key !== pod.key);
    if (extra.length === 0) return undefined;
    const fuller = node.clone();
    for (const other of extra) fuller.addPod(other);
    return this.refusalOn(pod, fuller, new HypotheticalView(cluster, fuller, [], extra));
  }

  #score(pod: PodInfo, cluster: ClusterView, feasible: readonly NodeInfo[]): readonly ScoredPlugin[] {
    const scored: ScoredPlugin[] = [];
    for (const plugin of this.#plugins) {
      const plan = plugin.planScore?.(pod, cluster, feasible);
      if (!plan) continue;
      const raw = feasible.map((node) => plan.score(node));
      const normalised = plan.normalise ? [...raw] : raw;
      plan.normalise?.(normalised);
      scored.push({ plugin, raw, normalised });
    }
    return scored;
  }

  /** The best; one of them by chance if there are several. */
  #choose(feasible: readonly NodeInfo[], totals: readonly number[]): NodeInfo {
    let best = 0;
    let ties = 1;
    for (let at = 1; at < feasible.length; at++) {
      if (totals[at]! > totals[best]!) {
        best = at;
        ties = 1;
      } else if (totals[at] === totals[best] && this.#random.integer(0, ties++) === 0) best = at;
    }
    return feasible[best]!;
  }
}

interface CombinedPlan {
  readonly filters: readonly NodeFilter[];
  readonly onlyNodes: ReadonlySet<string> | undefined;
  readonly notNamed: Refusal | undefined;
}

function planFilters(plugins: readonly Plugin[], pod: PodInfo, cluster: ClusterView): CombinedPlan | Refusal {
  const filters: NodeFilter[] = [];
  const choosers: string[] = [];
  let onlyNodes: ReadonlySet<string> | undefined;
  for (const plugin of plugins) {
    const plan: FilterPlan | Refusal | undefined = plugin.planFilter?.(pod, cluster);
    if (isRefusal(plan)) return plan;
    if (plan?.filter) filters.push(plan.filter);
    if (!plan?.onlyNodes) continue;
    choosers.push(plugin.name);
    onlyNodes = onlyNodes ? intersection(onlyNodes, plan.onlyNodes) : plan.onlyNodes;
  }
  const list = choosers.toSorted().join(' ');
  const isResolvable = false;
  if (onlyNodes?.size === 0) {
    const reasons = [`node(s) didn't satisfy plugin(s) [${list}] simultaneously`];
    return { plugin: choosers[0]!, reasons, isResolvable };
  }
  const notNamed = onlyNodes && {
    plugin: choosers[0]!,
    reasons: [`node(s) didn't satisfy plugin(s) [${list}]`],
    isResolvable,
  };
  return { filters, onlyNodes, notNamed };
}

function refusalBy({ filters, onlyNodes, notNamed }: CombinedPlan, node: NodeInfo): Refusal | undefined {
  if (onlyNodes && !onlyNodes.has(node.name)) return notNamed;
  for (const filter of filters) {
    const refusal = filter(node);
    if (refusal) return refusal;
  }
  return undefined;
}

function totalsOf(scored: readonly ScoredPlugin[], count: number): readonly number[] {
  const totals = Array.from({ length: count }, () => 0);
  for (const { plugin, normalised } of scored) {
    const weight = plugin.weight ?? 1;
    for (let at = 0; at < count; at++) totals[at]! += normalised[at]! * weight;
  }
  return totals;
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((name) => b.has(name)));
}
