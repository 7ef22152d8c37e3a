/**
 * Whether a pod that was given to this node may run on it. What was bound by hand, or while the scheduler knew no
 * better, fails here for good.
 * Upstream: pkg/kubelet/lifecycle/predicate.go
 */
import type { Node, Pod } from '../../api/generated/types.ts';
import { minus, plus, requestsOf, type Amounts } from './pod-resources.ts';

export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

export interface Capacity extends Amounts {
  readonly pods: number;
}

/** Keeps count of what the node's pods ask for. */
export class Admission {
  readonly #capacity: Capacity;
  #used: Amounts = { cpuMilli: 0, memoryBytes: 0 };
  #pods = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** Admits the pod, or says why not. */
  admit(pod: Pod, node: Node | undefined): Rejection | undefined {
    const labels = node?.metadata.labels ?? {};
    const misses = Object.entries(pod.spec.nodeSelector ?? {}).some(([key, value]) => labels[key] !== value);
    if (node && misses) {
      return {
        reason: 'NodeAffinity',
        message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
      };
    }
    const wanted = requestsOf(pod);
    const { cpuMilli, memoryBytes, pods } = this.#capacity;
    const shortage =
      shortageOf('pods', 1, this.#pods, pods) ??
      shortageOf('cpu', wanted.cpuMilli, this.#used.cpuMilli, cpuMilli) ??
      shortageOf('memory', wanted.memoryBytes, this.#used.memoryBytes, memoryBytes);
    if (shortage) return shortage;
    this.#used = plus(this.#used, wanted);
    this.#pods++;
    return undefined;
  }

  /** An admitted pod has ended. */
  release(pod: Pod): void {
    this.#used = minus(this.#used, requestsOf(pod));
    this.#pods--;
  }
}

function shortageOf(name: string, requested: number, used: number, capacity: number): Rejection | undefined {
  if (requested === 0 || used + requested <= capacity) return undefined;
  const amounts = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${name}`, message: `Node didn't have enough resource: ${name}, ${amounts}` };
}
