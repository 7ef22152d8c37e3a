import { controllerOf, keyOf, splitKey } from '../../api/index.ts';
import type { Deployment, ReplicaSet } from '../../api/generated/types.ts';
import { ownerId } from './pod-mark.ts';
import type { PodIndex } from './pod-index.ts';
import type { PodMark, RevisionView, WorkloadView } from './scene.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Gives each workload a tint that no other of its time has, and keeps it. */
export class Tints {
  readonly #tints = new Map<string, number>();

  of(id: string): number {
    let tint = this.#tints.get(id);
    if (tint === undefined) this.#tints.set(id, (tint = this.#tints.size));
    return tint;
  }
}

/** The colour of a tint; hues by the golden angle, so that neighbours differ most. */
export const tintColor = (tint: number): string =>
  `oklch(var(--tint-lightness) 0.115 ${Math.round((275 + tint * 137.5) % 360)})`;

export interface WorkloadSources {
  readonly deployments: Iterable<Deployment>;
  readonly replicaSets: Iterable<ReplicaSet>;
  readonly pods: PodIndex;
  readonly tints: Tints;
}

export interface Workloads {
  readonly views: readonly WorkloadView[];
  /** From a pod's owner to the workload that stands above it. */
  readonly byOwner: ReadonlyMap<string, WorkloadView>;
}

/** What pods belong to: Deployments with their ReplicaSets, ReplicaSets of nobody, and any other controller that has pods. */
export function workloadsOf({ deployments, replicaSets, pods, tints }: WorkloadSources): Workloads {
  const revisions = new Map<string, RevisionView[]>();
  const alone: ReplicaSet[] = [];
  const known = new Set<string>();
  for (const replicaSet of replicaSets) {
    const id = ownerId('ReplicaSet', replicaSet.metadata.namespace, replicaSet.metadata.name);
    known.add(id);
    const owner = controllerOf(replicaSet);
    if (owner?.kind !== 'Deployment') {
      alone.push(replicaSet);
      continue;
    }
    const view = revisionOf(replicaSet, id, pods);
    if (view.wanted === 0 && view.total === 0) continue;
    const deployment = ownerId('Deployment', replicaSet.metadata.namespace, owner.name);
    const list = revisions.get(deployment);
    if (list) list.push(view);
    else revisions.set(deployment, [view]);
  }

  const views: WorkloadView[] = [];
  const byOwner = new Map<string, WorkloadView>();
  for (const deployment of deployments) {
    const { name, namespace } = deployment.metadata;
    const id = ownerId('Deployment', namespace, name);
    const own = (revisions.get(id) ?? []).sort((a, b) => a.revision - b.revision);
    const view: WorkloadView = {
      id,
      kind: 'Deployment',
      key: keyOf(deployment),
      name,
      tint: tints.of(id),
      wanted: deployment.spec.replicas ?? 1,
      total: sum(own, ({ total }) => total),
      ready: sum(own, ({ ready }) => ready),
      isPaused: deployment.spec.paused ?? false,
      revisions: own,
    };
    views.push(view);
    for (const { key } of own) byOwner.set(`ReplicaSet/${key}`, view);
  }
  for (const replicaSet of alone) {
    const id = ownerId('ReplicaSet', replicaSet.metadata.namespace, replicaSet.metadata.name);
    const view = bareWorkload(id, replicaSet.spec.replicas ?? 1, pods, tints);
    views.push(view);
    byOwner.set(id, view);
  }
  for (const id of pods.owners.keys()) {
    if (known.has(id) || id.startsWith('Node/')) continue;
    const view = bareWorkload(id, undefined, pods, tints);
    views.push(view);
    byOwner.set(id, view);
  }
  return { views, byOwner };
}

/** Whether a pod belongs to a ReplicaSet that another is taking the place of. */
export function isOfOldRevision({ ownerId: owner }: PodMark, { revisions }: WorkloadView): boolean {
  const latest = revisions.at(-1);
  return latest !== undefined && revisions.length > 1 && owner !== `ReplicaSet/${latest.key}`;
}

function revisionOf(replicaSet: ReplicaSet, id: string, pods: PodIndex): RevisionView {
  const tally = pods.owners.get(id);
  return {
    key: keyOf(replicaSet),
    name: replicaSet.metadata.name,
    revision: Number(replicaSet.metadata.annotations?.[revisionAnnotation] ?? 0),
    wanted: replicaSet.spec.replicas ?? 1,
    total: tally?.total ?? 0,
    ready: tally?.ready ?? 0,
  };
}

function bareWorkload(id: string, wanted: number | undefined, pods: PodIndex, tints: Tints): WorkloadView {
  const slash = id.indexOf('/');
  const key = id.slice(slash + 1);
  const tally = pods.owners.get(id);
  return {
    id,
    kind: id.slice(0, slash),
    key,
    name: splitKey(key).name,
    tint: tints.of(id),
    wanted,
    total: tally?.total ?? 0,
    ready: tally?.ready ?? 0,
    isPaused: false,
    revisions: [],
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
