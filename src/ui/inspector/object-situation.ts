import type { KubeObject } from '../../api/index.ts';
import type { Deployment, Node, Pod, ReplicaSet } from '../../api/generated/types.ts';
import { situationOf, type PodState } from '../topology/pod-state.ts';

/** How an object is doing, in one of the map's states and a word. Undefined for kinds that merely are. */
export function situationOfObject(object: KubeObject): { readonly state: PodState; readonly text: string } | undefined {
  switch (object.kind) {
    case 'Pod': {
      const { state, reason } = situationOf(object as Pod);
      return { state, text: state === 'ready' ? 'Ready' : state === 'starting' ? 'Running, not ready' : reason };
    }
    case 'Node': {
      const { status, spec } = object as Node;
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
      if (ready === 'True')
        return spec.unschedulable ? { state: 'pending', text: 'Ready, cordoned' } : { state: 'ready', text: 'Ready' };
      return ready === 'False' ? { state: 'failed', text: 'NotReady' } : { state: 'unknown', text: 'Not reachable' };
    }
    case 'Deployment': {
      const { spec, status } = object as Deployment;
      return progress(spec.replicas ?? 1, status.readyReplicas ?? 0, status.updatedReplicas ?? 0);
    }
    case 'ReplicaSet': {
      const { spec, status } = object as ReplicaSet;
      return progress(spec.replicas ?? 1, status.readyReplicas ?? 0, spec.replicas ?? 1);
    }
    default:
      return undefined;
  }
}

function progress(wanted: number, ready: number, updated: number): { readonly state: PodState; readonly text: string } {
  const isDone = ready >= wanted && updated >= wanted;
  return { state: isDone ? 'ready' : 'starting', text: `${ready} of ${wanted} ready` };
}
