import type { Pod } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { namespaces, nodes, pods, replicaSets, services } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { nodeChanges } from './cluster-event.ts';
import { ClusterState } from './cluster-state.ts';
import type { Plugin } from './framework.ts';
import { defaultPlugins } from './plugins/index.ts';
import { PodInfo } from './pod-info.ts';
import { Scheduler } from './scheduler.ts';
import { SiblingIndex } from './sibling-index.ts';
import { StorageState } from './storage-state.ts';

export type { Decision, NodeVerdict, PluginScore } from './decision.ts';
export type { Scheduler } from './scheduler.ts';

export interface SchedulerOptions {
  /** The pods that are ours say so in `spec.schedulerName`. */
  readonly schedulerName?: string;
  readonly plugins?: readonly Plugin[];
}

/**
 * Connects the scheduler to the watch.
 * Upstream: pkg/scheduler/eventhandlers.go
 */
export function startScheduler(context: ComponentContext, options: SchedulerOptions = {}): Scheduler {
  const { schedulerName = 'default-scheduler', plugins = defaultPlugins } = options;
  const { informers } = context;
  const siblings = new SiblingIndex(informers.informer(services), informers.informer(replicaSets));
  const storage = new StorageState(informers);
  const cluster = new ClusterState(siblings, informers.informer(namespaces), storage);
  const scheduler = new Scheduler(context, cluster, plugins);
  storage.onChange(() => scheduler.notice({ type: 'storage-changed' }));
  informers.informer(nodes).onChange({
    added(node) {
      cluster.setNode(node);
      scheduler.notice({ type: 'node-added', node });
    },
    updated(node, old) {
      cluster.setNode(node);
      const changes = nodeChanges(node, old);
      if (changes) scheduler.notice({ type: 'node-changed', node, old, changes });
    },
    deleted: (node) => cluster.removeNode(node.metadata.name),
  });
  const isOurs = (pod: Pod): boolean => (pod.spec.schedulerName ?? 'default-scheduler') === schedulerName;
  informers.informer(pods).onChange({
    added: (pod) => podAdded(pod),
    updated(pod, old) {
      if (isPlaced(old)) placedPodUpdated(pod, old);
      else if (isPlaced(pod) || isEnded(pod) || !isOurs(pod)) podAdded(pod);
      else if (isWorthANewLook(pod, old)) scheduler.requeue(new PodInfo(pod), old);
    },
    deleted: (pod) => podLeft(pod),
  });
  return scheduler;

  function podAdded(pod: Pod): void {
    if (isPlaced(pod)) {
      scheduler.dequeue(keyOf(pod));
      cluster.refresh(pod, keyOf(pod), pod.spec.nodeName!);
      scheduler.notice({ type: 'pod-placed', pod });
    } else if (isEnded(pod)) podLeft(pod);
    else if (isOurs(pod)) scheduler.enqueue(new PodInfo(pod));
  }

  function placedPodUpdated(pod: Pod, old: Pod): void {
    if (!isPlaced(pod)) {
      podLeft(pod);
      return;
    }
    cluster.refresh(pod, keyOf(pod), pod.spec.nodeName!);
    if (pod.metadata.deletionTimestamp && !old.metadata.deletionTimestamp) {
      scheduler.notice({ type: 'pod-left', pod, isGone: false });
    } else if (!jsonEqual(pod.metadata.labels, old.metadata.labels)) {
      scheduler.notice({ type: 'pod-placed', pod, old });
    }
  }

  function podLeft(pod: Pod): void {
    const key = keyOf(pod);
    const hadPlace = cluster.placed(key) !== undefined;
    cluster.unplace(key);
    scheduler.forget(key);
    if (hadPlace) scheduler.notice({ type: 'pod-left', pod, isGone: true });
  }
}

/** On a node, and still using it. */
function isPlaced(pod: Pod): boolean {
  return Boolean(pod.spec.nodeName) && !isEnded(pod);
}

function isEnded({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

/** Our own notes in its status are no news. */
function isWorthANewLook(pod: Pod, old: Pod): boolean {
  return (
    !jsonEqual(pod.spec, old.spec) ||
    !jsonEqual(pod.metadata.labels, old.metadata.labels) ||
    pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp
  );
}
