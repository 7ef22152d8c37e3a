/**
 * Writes a pod's status to the API: once for each real change, a moment after it, so that changes of the same moment
 * are one write.
 * Upstream: pkg/kubelet/status/status_manager.go
 */
import type { Cancel, VirtualClock } from '../../../kernel/index.ts';
import { ApiError } from '../../../api/index.ts';
import { jsonEqual } from '../../../api/json.ts';
import type { Pod, PodCondition, PodStatus } from '../../../api/generated/types.ts';
import type { ResourceClient } from '../../informers/api-client.ts';
import { kubeletConditions } from './conditions.ts';

export interface StatusWriterParts {
  readonly clock: VirtualClock;
  readonly component: string;
  readonly client: ResourceClient<Pod>;
  readonly delayMs: () => number;
  /** Whether the API server can be reached at the moment. */
  readonly isConnected: () => boolean;
}

/** How long until the next try when it cannot (the status manager's own period). */
const retryMs = 10_000;

export class StatusWriter {
  readonly #parts: StatusWriterParts;
  readonly #pod: Pod['metadata'];
  #status: PodStatus;
  /** The status as the API has stored it for us. */
  #written: PodStatus | undefined;
  #cancel: Cancel | undefined;
  /** What waits is another try: a new status need not wait with it. */
  #isLate = false;
  #isOver = false;

  constructor(pod: Pod, parts: StatusWriterParts) {
    this.#parts = parts;
    this.#pod = pod.metadata;
    this.#status = pod.status;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What was set last. */
  get status(): PodStatus {
    return this.#status;
  }

  set(status: PodStatus): void {
    if (this.#isOver || jsonEqual(status, this.#status)) return;
    this.#status = status;
    if (this.#cancel && !this.#isLate) return;
    this.#cancel?.();
    this.#schedule(this.#parts.delayMs());
  }

  /** Somebody may have changed what is ours (the node controller does, while it hears nothing of a node): takes it back. */
  reconcile(pod: Pod): void {
    if (this.#cancel || this.#isOver || !this.#written || pod.status === this.#written) return;
    if (!isSame(merged(pod, this.#status).status, pod.status)) this.#schedule(retryMs);
  }

  /** Writes at once what waits to be written. */
  flush(): void {
    if (!this.#cancel) return;
    this.#cancel();
    this.#cancel = undefined;
    if (!this.#parts.isConnected()) return this.#schedule(retryMs);
    const { namespace = '', name, uid } = this.#pod;
    try {
      const written = this.#parts.client.modifyStatus(namespace, name, (stored) =>
        stored.metadata.uid === uid ? merged(stored, this.#status) : stored,
      );
      this.#written = written?.status;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#schedule(retryMs);
    }
  }

  /** Writes nothing any more: the pod or the node is gone. */
  stop(): void {
    this.#isOver = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(delayMs: number): void {
    const { namespace, name } = this.#pod;
    const label = { component: this.#parts.component, action: 'update status', subject: `pods/${namespace}/${name}` };
    this.#isLate = delayMs === retryMs;
    this.#cancel = this.#parts.clock.schedule(delayMs, label, () => this.flush());
  }
}

/** The kubelet's status with the conditions that others have set in the meantime. */
function merged(stored: Pod, status: PodStatus): Pod {
  const isForeign = ({ type }: PodCondition) => !kubeletConditions.includes(type);
  const own = (status.conditions ?? []).filter((condition) => !isForeign(condition));
  const foreign = (stored.status.conditions ?? []).filter(isForeign);
  const next: PodStatus = {
    ...(stored.status.resourceClaimStatuses && { resourceClaimStatuses: stored.status.resourceClaimStatuses }),
    ...(stored.status.ephemeralContainerStatuses && {
      ephemeralContainerStatuses: stored.status.ephemeralContainerStatuses,
    }),
    ...status,
    conditions: [...foreign, ...own],
  };
  return jsonEqual(next, stored.status) ? stored : { ...stored, status: next };
}

/** The same, in whatever order the conditions are. */
function isSame(a: PodStatus, b: PodStatus): boolean {
  const sorted = ({ conditions = [] }: PodStatus) => conditions.toSorted((x, y) => (x.type < y.type ? -1 : 1));
  return jsonEqual({ ...a, conditions: sorted(a) }, { ...b, conditions: sorted(b) });
}
