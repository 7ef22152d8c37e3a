import type { CronJob, CronJobStatus, Job, ObjectReference } from '../../api/generated/types.ts';
import { ApiError, controllerOf, keyOf } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { goQuote, jsonEqual } from '../../api/json.ts';
import { rfc3339 } from '../../api/time.ts';
import { cronJobs, jobs } from '../apiserver/registry/index.ts';
import { parseSchedule, ScheduleError } from '../cron/schedule.ts';
import type { Schedule } from '../cron/schedule.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { Informer } from '../informers/informer.ts';
import type { WorkQueue } from '../informers/work-queue.ts';
import { dueAt } from './cron-job/due.ts';
import { jobAt, jobNameAt } from './cron-job/scheduled-job.ts';
import { finishedCondition } from './job/outcome.ts';
import { controllerUids } from './owner-reference.ts';
import { isNamespaceTerminating } from './pod-control.ts';

/** So long after the full minute a job is started. Upstream: nextScheduleDelta */
const delayMs = 100;

/**
 * Starts jobs when they are due.
 * Upstream: pkg/controller/cronjob/cronjob_controllerv2.go
 */
export function startCronJobController(context: ComponentContext): void {
  new CronJobController(context).start();
}

class CronJobController {
  readonly #context: ComponentContext;
  readonly #cache: Informer<CronJob>;
  readonly #jobs: Informer<Job>;
  readonly #client: ResourceClient<CronJob>;
  readonly #jobClient: ResourceClient<Job>;
  readonly #queue: WorkQueue;

  constructor(context: ComponentContext) {
    this.#context = context;
    this.#cache = context.informers.informer(cronJobs);
    this.#jobs = context.informers.informer(jobs);
    this.#client = context.client.resource(cronJobs);
    this.#jobClient = context.client.resource(jobs);
    this.#queue = context.queue({ reconcile: (key) => this.#reconcile(key) });
  }

  start(): void {
    this.#jobs.addIndex('controller', controllerUids);
    const queue = (cronJob: CronJob): void => this.#queue.add(keyOf(cronJob));
    this.#cache.onChange({ added: queue, updated: queue });
    const jobChanged = (job: Job): void => {
      const controller = controllerOf(job);
      if (controller?.kind === 'CronJob') this.#queue.add(`${job.metadata.namespace}/${controller.name}`);
    };
    this.#jobs.onChange({ added: jobChanged, updated: jobChanged, deleted: jobChanged });
  }

  #reconcile(key: ObjectKey): void {
    const cronJob = this.#cache.get(key);
    if (!cronJob) return;
    const stored = this.#client.get(cronJob.metadata.namespace ?? '', cronJob.metadata.name);
    // Its own last write may not have come back yet; what it started must not be started twice.
    if (stored?.metadata.uid !== cronJob.metadata.uid) return;
    const owned = this.#jobs.byIndex('controller', stored.metadata.uid);
    const seen = this.#takeStock(stored, owned);
    let status = seen;
    try {
      if (!stored.metadata.deletionTimestamp) status = this.#start({ ...stored, status: seen });
    } finally {
      this.#writeStatus(stored, status);
    }
    this.#removeOldest(stored, owned);
  }

  /** Notes which jobs have ended, or have gone. */
  #takeStock(cronJob: CronJob, owned: readonly Job[]): CronJobStatus {
    const { events } = this.#context;
    let { active = [], lastSuccessfulTime } = cronJob.status ?? {};
    for (const job of owned) {
      const isActive = active.some(({ uid }) => uid === job.metadata.uid);
      const finished = finishedCondition(job);
      if (!isActive && !finished) {
        const message = `Saw a job that the controller did not create or forgot: ${job.metadata.name}`;
        events.record(cronJob, 'Warning', 'UnexpectedJob', message);
      }
      if (!finished) continue;
      if (isActive) {
        active = active.filter(({ uid }) => uid !== job.metadata.uid);
        const message = `Saw completed job: ${job.metadata.name}, condition: ${finished.type}`;
        events.record(cronJob, 'Normal', 'SawCompletedJob', message);
      }
      const completed = finished.type === 'Complete' ? job.status?.completionTime : undefined;
      if (completed && (!lastSuccessfulTime || completed > lastSuccessfulTime)) lastSuccessfulTime = completed;
    }
    for (const { name = '', namespace = '', uid } of active) {
      if (owned.some(({ metadata }) => metadata.uid === uid) || this.#jobClient.get(namespace, name)) continue;
      active = active.filter((reference) => reference.uid !== uid);
      events.record(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    }
    return { ...cronJob.status, active, ...(lastSuccessfulTime && { lastSuccessfulTime }) };
  }

  /** Starts the job that is due, if one is. @returns the status afterwards */
  #start(cronJob: CronJob): CronJobStatus {
    const { status, spec } = cronJob;
    if (spec.suspend) return status;
    const schedule = this.#scheduleOf(cronJob);
    if (!schedule) return status;
    const { events, clock } = this.#context;
    const { scheduledMs, nextMs, isFarBehind } = dueAt(cronJob, schedule, clock.nowMs);
    if (nextMs !== undefined) this.#queue.addAfter(keyOf(cronJob), nextMs + delayMs - clock.nowMs);
    if (isFarBehind) {
      const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      events.record(cronJob, 'Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
    }
    if (scheduledMs === undefined) return status;
    const name = jobNameAt(cronJob, scheduledMs);
    let active = status.active ?? [];
    if (active.some((reference) => reference.name === name)) return status;
    if (spec.concurrencyPolicy === 'Forbid' && active.length > 0) {
      const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
      events.record(cronJob, 'Normal', 'JobAlreadyActive', message);
      return status;
    }
    if (spec.concurrencyPolicy === 'Replace') {
      for (const reference of active) this.#delete(cronJob, reference);
      active = [];
    }
    const started = this.#create(cronJob, scheduledMs);
    if (!started) return { ...status, active };
    return { ...status, active: [...active, referenceTo(started)], lastScheduleTime: rfc3339(scheduledMs) };
  }

  #scheduleOf(cronJob: CronJob): Schedule | undefined {
    const { schedule } = cronJob.spec;
    if (schedule.includes('TZ')) {
      const advice = 'see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';
      const message = `CRON_TZ or TZ used in schedule ${goQuote(schedule)} is not officially supported, ${advice}`;
      this.#context.events.record(cronJob, 'Warning', 'UnsupportedSchedule', message);
    }
    try {
      return parseSchedule(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      const message = `unparseable schedule: ${goQuote(schedule)} : ${error.message}`;
      this.#context.events.record(cronJob, 'Warning', 'UnparseableSchedule', message);
      return undefined;
    }
  }

  #create(cronJob: CronJob, scheduledMs: number): Job | undefined {
    const draft = jobAt(cronJob, scheduledMs);
    const { events } = this.#context;
    try {
      const job = this.#jobClient.create(draft);
      events.record(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
      return job;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'AlreadyExists') {
        const { namespace = '', name = '' } = draft.metadata;
        const there = this.#jobClient.get(namespace, name);
        return there && controllerOf(there)?.uid === cronJob.metadata.uid ? there : undefined;
      }
      if (!isNamespaceTerminating(error)) {
        events.record(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
      }
      throw error;
    }
  }

  #delete(cronJob: CronJob, { namespace = '', name = '' }: Pick<ObjectReference, 'namespace' | 'name'>): void {
    try {
      this.#jobClient.delete(namespace, name, { propagationPolicy: 'Background' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#context.events.record(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${error.message}`);
      return;
    }
    this.#context.events.record(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
  }

  /** Keeps only as many finished jobs as it should. */
  #removeOldest(cronJob: CronJob, owned: readonly Job[]): void {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
    const limits = [
      ['Complete', successfulJobsHistoryLimit],
      ['Failed', failedJobsHistoryLimit],
    ] as const;
    for (const [type, limit] of limits) {
      if (limit === undefined) continue;
      const finished = owned
        .filter((job) => finishedCondition(job)?.type === type && !job.metadata.deletionTimestamp)
        .toSorted((a, b) =>
          startOf(a) === startOf(b) ? compare(a.metadata.name, b.metadata.name) : compare(startOf(a), startOf(b)),
        );
      for (const { metadata } of finished.slice(0, Math.max(0, finished.length - limit)))
        this.#delete(cronJob, metadata);
    }
  }

  #writeStatus({ metadata }: CronJob, status: CronJobStatus): void {
    const { active = [], ...rest } = status;
    const next = active.length > 0 ? { active, ...rest } : rest;
    this.#client.modifyStatus(metadata.namespace ?? '', metadata.name, (fresh) =>
      fresh.metadata.uid !== metadata.uid || jsonEqual(fresh.status ?? {}, next) ? fresh : { ...fresh, status: next },
    );
  }
}

function referenceTo({ metadata }: Job): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { apiVersion: 'batch/v1', kind: 'Job', namespace, name, uid, resourceVersion };
}

function startOf({ status }: Job): string {
  return status?.startTime ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
