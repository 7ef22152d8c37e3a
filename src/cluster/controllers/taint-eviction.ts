import type { Node, Pod, Taint, Toleration } from '../../api/generated/types.ts';
import { ApiError, keyOf, splitKey } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Cancel } from '../../kernel/index.ts';
import { nodes, pods } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import { tolerates } from '../scheduler/tolerations.ts';
import { withPodCondition } from './pod-conditions.ts';

interface PlannedEviction {
  readonly sinceMs: number;
  readonly dueMs: number;
  readonly cancel: Cancel;
}

/**
 * Drives pods off nodes with NoExecute taints that they do not tolerate, or no longer.
 * Upstream: pkg/controller/tainteviction
 */
export function startTaintEvictionController(context: ComponentContext): void {
  new TaintEvictionController(context).start();
}

class TaintEvictionController {
  readonly #context: ComponentContext;
  readonly #pods: Informer<Pod>;
  readonly #client: ResourceClient<Pod>;
  /** NoExecute taints by node. */
  readonly #taints = new Map<string, readonly Taint[]>();
  readonly #planned = new Map<ObjectKey, PlannedEviction>();

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#pods = context.informers.informer(pods);
    this.#client = context.client.resource(pods);
  }

  start(): void {
    this.#pods.addIndex('node', ({ spec }) => (spec.nodeName ? [spec.nodeName] : []));
    this.#context.informers.informer(nodes).onChange({
      added: (node) => this.#nodeChanged(node),
      updated: (node, old) => {
        if (node.spec?.taints !== old.spec?.taints) this.#nodeChanged(node);
      },
      deleted: ({ metadata }) => this.#taints.delete(metadata.name),
    });
    this.#pods.onChange({
      added: (pod) => this.#podChanged(pod),
      updated: (pod, old) => {
        const isNews = pod.spec.nodeName !== old.spec.nodeName || pod.spec.tolerations !== old.spec.tolerations;
        if (isNews) this.#podChanged(pod);
      },
      deleted: (pod) => this.#cancel(keyOf(pod)),
    });
  }

  #nodeChanged({ metadata, spec }: Node): void {
    const taints = (spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
    const before = this.#taints.get(metadata.name);
    if (taints.length > 0) this.#taints.set(metadata.name, taints);
    else this.#taints.delete(metadata.name);
    if (taints.length === 0 && !before) return;
    for (const pod of this.#pods.byIndex('node', metadata.name)) this.#judge(pod, taints);
  }

  #podChanged(pod: Pod): void {
    const taints = pod.spec.nodeName && this.#taints.get(pod.spec.nodeName);
    if (taints) this.#judge(pod, taints);
  }

  #judge(pod: Pod, taints: readonly Taint[]): void {
    if (pod.metadata.deletionTimestamp) return;
    const key = keyOf(pod);
    if (taints.length === 0) {
      this.#cancelWithEvent(pod);
      return;
    }
    const used = matchingTolerations(taints, pod.spec.tolerations ?? []);
    if (!used) {
      this.#cancelWithEvent(pod);
      this.#evict(key);
      return;
    }
    const seconds = shortestToleration(used);
    if (seconds === undefined) {
      this.#cancelWithEvent(pod);
      return;
    }
    const planned = this.#planned.get(key);
    const sinceMs = planned?.sinceMs ?? this.#context.clock.nowMs;
    const dueMs = sinceMs + seconds * 1000;
    if (planned && dueMs >= planned.dueMs) return;
    if (planned) this.#cancelWithEvent(pod);
    this.#plan(key, sinceMs, dueMs);
  }

  #plan(key: ObjectKey, sinceMs: number, dueMs: number): void {
    const { clock, component } = this.#context;
    const label = { component, action: 'evict', subject: `pods/${key}` };
    const cancel = clock.schedule(Math.max(0, dueMs - clock.nowMs), label, () => {
      this.#planned.delete(key);
      this.#evict(key);
    });
    this.#planned.set(key, { sinceMs, dueMs, cancel });
  }

  #evict(key: ObjectKey): void {
    const pod = this.#pods.get(key);
    if (!pod) return;
    const { namespace, name } = splitKey(key);
    this.#context.events.record(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
    try {
      this.#client.modifyStatus(namespace, name, (fresh) =>
        withPodCondition(fresh, {
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'DeletionByTaintManager',
          message: 'Taint manager: deleting due to NoExecute taint',
          lastTransitionTime: rfc3339(this.#context.clock.nowMs),
        }),
      );
      this.#client.delete(namespace, name);
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error;
    }
  }

  #cancelWithEvent(pod: Pod): void {
    const key = keyOf(pod);
    if (!this.#cancel(key)) return;
    this.#context.events.record(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
  }

  #cancel(key: ObjectKey): boolean {
    this.#planned.get(key)?.cancel();
    return this.#planned.delete(key);
  }
}

/** The tolerations that make the taints bearable; undefined when one is not. */
function matchingTolerations(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): readonly Toleration[] | undefined {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const toleration = tolerations.find((candidate) => tolerates(candidate, taint));
    if (!toleration) return undefined;
    used.push(toleration);
  }
  return used;
}

/** In seconds; undefined when all of them hold for ever. */
function shortestToleration(tolerations: readonly Toleration[]): number | undefined {
  const limits = tolerations.flatMap(({ tolerationSeconds }) =>
    tolerationSeconds === undefined ? [] : [Math.max(0, tolerationSeconds)],
  );
  return limits.length > 0 ? Math.min(...limits) : undefined;
}
