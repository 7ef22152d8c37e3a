import type { CronJob } from '../../../api/generated/types.ts';
import { parseRfc3339 } from '../../../api/time.ts';
import { nextTime } from '../../cron/next-time.ts';
import type { Schedule } from '../../cron/schedule.ts';

/** With more than these the schedule or the clock is probably wrong. */
const manyMissed = 100;

export interface Due {
  /** The latest time at which a job should have started, and has not; undefined when there is none. */
  readonly scheduledMs: number | undefined;
  /** When the next one is due. */
  readonly nextMs: number | undefined;
  /** More than a hundred jobs should have started since the last. */
  readonly isFarBehind: boolean;
}

/** Upstream: mostRecentScheduleTime and nextScheduleTimeDuration in pkg/controller/cronjob */
export function dueAt(cronJob: CronJob, schedule: Schedule, nowMs: number): Due {
  const { startingDeadlineSeconds, timeZone = '' } = cronJob.spec;
  const next = (ms: number): number | undefined => nextTime(schedule, ms, timeZone);
  const { lastScheduleTime } = cronJob.status ?? {};
  const lastMs = parseRfc3339(lastScheduleTime ?? cronJob.metadata.creationTimestamp) ?? nowMs;
  const deadlineMs = startingDeadlineSeconds === undefined ? undefined : nowMs - startingDeadlineSeconds * 1000;
  const first = next(Math.max(lastMs, deadlineMs ?? lastMs));
  if (first === undefined || first > nowMs) return { scheduledMs: undefined, nextMs: first, isFarBehind: false };
  const second = next(first);
  if (second === undefined || second > nowMs) return { scheduledMs: first, nextMs: second, isFarBehind: false };
  const missed = Math.floor((nowMs - first) / (second - first)) + 1;
  // Far behind, only the last of them are gone through: the times between may differ.
  let scheduledMs = first;
  let following: number | undefined = missed > manyMissed ? next(nowMs - manyMissed * (second - first)) : second;
  while (following !== undefined && following <= nowMs) {
    scheduledMs = following;
    following = next(following);
  }
  return { scheduledMs, nextMs: following, isFarBehind: missed > manyMissed && startingDeadlineSeconds === undefined };
}
