import type { Job, JobCondition, JobStatus, Pod } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { jsonEqual } from '../../api/json.ts';
import { parseRfc3339, rfc3339 } from '../../api/time.ts';
import { jobs, pods } from '../apiserver/registry/index.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { findCondition, setCondition } from './conditions.ts';
import { formatIndexes, freeIndexes, indexOf, isIndexed, parseIndexes } from './job/indexes.ts';
import { jobPod, trackingFinalizer } from './job/job-pod.ts';
import { deadlineOf, finishedCondition, outcomeOf, pendingOutcome } from './job/outcome.ts';
import type { Outcome } from './job/outcome.ts';
import { OwnedPods } from './owned-pods.ts';
import { PodControl } from './pod-control.ts';
import { isPodActive, isPodReady, isPodTerminal, isPodTerminating } from './pod-state.ts';
import { podsToDelete } from './pod-ranking.ts';
import { withoutZeros } from './without-zeros.ts';

const maxPodsPerPass = 500;
const firstBackoffMs = 10_000;
const maxBackoffMs = 10 * 60_000;

/**
 * Runs pods until enough of them have succeeded.
 * Upstream: pkg/controller/job
 * Differs: honours no podFailurePolicy, successPolicy, backoffLimitPerIndex or managedBy, and adopts no pods.
 */
export function startJobController(context: ComponentContext): void {
  new JobController(context).start();
}

/** The pods of a job, sorted out, and what has been counted. */
interface Tally {
  readonly active: readonly Pod[];
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly completed: ReadonlySet<number>;
  /** Finished and not counted before: their finalizers go once they are. */
  readonly fresh: readonly Pod[];
  readonly lastFailureMs: number | undefined;
}

class JobController {
  readonly #context: ComponentContext;
  readonly #cache: Informer<Job>;
  readonly #pods: OwnedPods<Job>;
  readonly #client: ResourceClient<Job>;
  readonly #podClient: ResourceClient<Pod>;
  readonly #podControl: PodControl;
  readonly #queue: WorkQueue;
  /** Failures in a row and the latest of them, by job: new pods wait ever longer. */
  readonly #failures = new Map<ObjectKey, { readonly inARow: number; readonly lastMs: number }>();

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(jobs);
    this.#client = context.client.resource(jobs);
    this.#podClient = context.client.resource(pods);
    this.#podControl = new PodControl(context);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
    this.#pods = new OwnedPods(context, {
      kind: 'Job',
      owners: this.#cache,
      changed: (key) => this.#queue.add(key),
      leftBehind: (pod) => this.#release(pod),
    });
  }

  start(): void {
    this.#pods.watch();
    const queue = (job: Job): void => this.#queue.add(keyOf(job));
    this.#cache.onChange({
      added: queue,
      updated: queue,
      deleted: (job) => {
        this.#failures.delete(keyOf(job));
        for (const pod of this.#pods.of(job)) this.#release(pod);
      },
    });
  }

  #reconcile(key: ObjectKey): void {
    const known = this.#cache.get(key);
    // Read from the store: what was counted last must not be forgotten, or a pod too many would be started.
    const job = known && this.#client.get(known.metadata.namespace ?? '', known.metadata.name);
    if (job?.metadata.uid !== known?.metadata.uid || !job) return;
    if (finishedCondition(job)) {
      for (const pod of this.#pods.of(job)) this.#release(pod);
      return;
    }
    const { nowMs } = this.#context.clock;
    const tally = this.#tally(job);
    this.#noteFailures(key, tally);
    let active = tally.active;
    const outcome = pendingOutcome(job) ?? outcomeOf(job, tally, nowMs);
    if (outcome || job.spec.suspend) {
      this.#delete(job, active);
      active = [];
    } else if (this.#pods.areSettled(key) && !job.metadata.deletionTimestamp) {
      this.#manage(job, tally);
    }
    const stillThere = this.#pods.of(job).some((pod) => !isPodTerminal(pod));
    this.#writeStatus(job, tally, active, outcome, stillThere);
    for (const pod of tally.fresh) this.#release(pod);
    const deadlineMs = deadlineOf(job);
    if (deadlineMs !== undefined && !outcome) this.#queue.addAfter(key, Math.max(1, deadlineMs - nowMs));
  }

  #tally(job: Job): Tally {
    const owned = this.#pods.of(job);
    const known = parseIndexes(job.status?.completedIndexes);
    const fresh: Pod[] = [];
    let [newSucceeded, newFailed] = [0, 0];
    let lastFailureMs: number | undefined;
    const completed = new Set(known);
    for (const pod of owned) {
      if (!isPodTerminal(pod)) continue;
      // The cache may be behind our own write, and nothing may be counted twice.
      const stored = this.#podClient.get(pod.metadata.namespace ?? '', pod.metadata.name);
      if (stored?.metadata.uid !== pod.metadata.uid || !stored.metadata.finalizers?.includes(trackingFinalizer))
        continue;
      fresh.push(pod);
      if (pod.status.phase === 'Failed') {
        newFailed++;
        lastFailureMs = Math.max(lastFailureMs ?? 0, finishedMs(pod) ?? this.#context.clock.nowMs);
      } else {
        newSucceeded++;
        const index = indexOf(pod);
        if (index !== undefined && index < (job.spec.completions ?? 0)) completed.add(index);
      }
    }
    return {
      active: owned.filter(isPodActive),
      terminating: owned.filter(isPodTerminating).length,
      succeeded: isIndexed(job) ? completed.size : (job.status?.succeeded ?? 0) + newSucceeded,
      failed: (job.status?.failed ?? 0) + newFailed,
      completed,
      fresh,
      lastFailureMs,
    };
  }

  #noteFailures(key: ObjectKey, { fresh, lastFailureMs }: Tally): void {
    if (fresh.some(({ status }) => status.phase === 'Succeeded')) this.#failures.delete(key);
    if (lastFailureMs === undefined) return;
    const newFailures = fresh.filter(({ status }) => status.phase === 'Failed').length;
    const inARow = (this.#failures.get(key)?.inARow ?? 0) + newFailures;
    this.#failures.set(key, { inARow, lastMs: lastFailureMs });
  }

  /** Creates what is missing or deletes what is too much. Upstream: manageJob */
  #manage(job: Job, { active, terminating, succeeded, completed }: Tally): void {
    const key = keyOf(job);
    const { parallelism = 1, completions, podReplacementPolicy } = job.spec;
    const wanted =
      completions === undefined
        ? succeeded > 0
          ? Math.min(active.length, parallelism)
          : parallelism
        : Math.min(parallelism, Math.max(0, completions - succeeded));
    if (active.length > wanted) {
      const { nowMs } = this.#context.clock;
      this.#delete(job, podsToDelete(active, [], active.length - wanted, nowMs));
      return;
    }
    const replaced = podReplacementPolicy === 'Failed' ? terminating : 0;
    const missing = Math.min(wanted - active.length - replaced, maxPodsPerPass);
    if (missing <= 0) return;
    const waitMs = this.#backoffMs(key);
    if (waitMs > 0) {
      this.#queue.addAfter(key, waitMs);
      return;
    }
    const taken = new Set([...completed, ...active.map((pod) => indexOf(pod) ?? -1)]);
    const indexes = isIndexed(job)
      ? freeIndexes(completions ?? 0, taken, missing)
      : Array.from({ length: missing }, () => undefined);
    this.#create(job, indexes);
  }

  #create(job: Job, indexes: readonly (number | undefined)[]): void {
    this.#pods.createEach(job, indexes, (index) => this.#podControl.createDraft(jobPod(job, index), job));
  }

  #backoffMs(key: ObjectKey): number {
    const failures = this.#failures.get(key);
    if (!failures) return 0;
    const backoffMs = Math.min(maxBackoffMs, firstBackoffMs * 2 ** (failures.inARow - 1));
    return Math.max(0, failures.lastMs + backoffMs - this.#context.clock.nowMs);
  }

  #delete(job: Job, doomed: readonly Pod[]): void {
    this.#pods.deleteEach(job, doomed, (pod) => {
      this.#release(pod);
      this.#podControl.delete(pod, job);
    });
  }

  #writeStatus(job: Job, tally: Tally, active: readonly Pod[], outcome: Outcome | undefined, hasPods: boolean): void {
    const now = rfc3339(this.#context.clock.nowMs);
    let conditions: readonly JobCondition[] = job.status?.conditions ?? [];
    let startTime = job.status?.startTime;
    const condition = (type: string, status: string, reason: string, message: string): JobCondition => {
      return { type, status, reason, message, lastProbeTime: now, lastTransitionTime: now };
    };
    const suspended = findCondition(conditions, 'Suspended');
    if (job.spec.suspend && !outcome && suspended?.status !== 'True') {
      conditions = setCondition(conditions, condition('Suspended', 'True', 'JobSuspended', 'Job suspended'));
      this.#context.events.record(job, 'Normal', 'Suspended', 'Job suspended');
      startTime = undefined;
    } else if (!job.spec.suspend) {
      if (suspended?.status === 'True') {
        conditions = setCondition(conditions, condition('Suspended', 'False', 'JobResumed', 'Job resumed'));
        this.#context.events.record(job, 'Normal', 'Resumed', 'Job resumed');
      }
      startTime ??= now;
    }
    let completionTime: string | undefined;
    if (outcome) {
      const { type, reason, message } = outcome;
      const target = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
      conditions = setCondition(conditions, condition(target, 'True', reason, message));
      if (!hasPods) {
        conditions = setCondition(conditions, condition(type, 'True', reason, message));
        if (type === 'Complete') completionTime = now;
        const isComplete = type === 'Complete';
        this.#context.events.record(
          job,
          isComplete ? 'Normal' : 'Warning',
          isComplete ? 'Completed' : reason,
          isComplete ? 'Job completed' : message,
        );
      }
    }
    const status: JobStatus = {
      ...(conditions.length > 0 && { conditions }),
      ...(startTime && { startTime }),
      ...(completionTime && { completionTime }),
      ...withoutZeros({ active: active.length, succeeded: tally.succeeded, failed: tally.failed }),
      terminating: hasPods ? tally.terminating : 0,
      ...(isIndexed(job) && tally.completed.size > 0 && { completedIndexes: formatIndexes(tally.completed) }),
      uncountedTerminatedPods: {},
      ready: active.filter(isPodReady).length,
    };
    const { namespace = '', name, uid } = job.metadata;
    if (jsonEqual(job.status, status)) return;
    this.#client.modifyStatus(namespace, name, (fresh) => (fresh.metadata.uid === uid ? { ...fresh, status } : fresh));
  }

  /** A pod that has been counted, or that nobody will count, may go. */
  #release({ metadata }: Pod): void {
    if (!metadata.finalizers?.includes(trackingFinalizer)) return;
    this.#podClient.modify(metadata.namespace ?? '', metadata.name, (fresh) => {
      const finalizers = fresh.metadata.finalizers?.filter((finalizer) => finalizer !== trackingFinalizer);
      if (fresh.metadata.uid !== metadata.uid || finalizers?.length === fresh.metadata.finalizers?.length) return fresh;
      return { ...fresh, metadata: { ...fresh.metadata, finalizers } };
    });
  }
}

function finishedMs({ status }: Pod): number | undefined {
  const times = (status.containerStatuses ?? []).map(({ state }) => parseRfc3339(state?.terminated?.finishedAt ?? ''));
  return times.reduce(
    (latest, ms) => (ms !== undefined && (latest === undefined || ms > latest) ? ms : latest),
    undefined,
  );
}
