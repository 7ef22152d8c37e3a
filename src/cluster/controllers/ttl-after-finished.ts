import type { Job } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import { parseRfc3339 } from '../../api/time.ts';
import { jobs } from '../apiserver/registry/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { finishedCondition } from './job/outcome.ts';

/**
 * Deletes finished jobs when their time is up.
 * Upstream: pkg/controller/ttlafterfinished
 */
export function startTtlAfterFinishedController({ informers, client, clock, queue }: ComponentContext): void {
  const cache = informers.informer(jobs);
  const jobClient = client.resource(jobs);
  const waiting = queue({
    reconcile: (key) => {
      const job = cache.get(key);
      const expiresMs = job && expiryOf(job);
      if (!job || expiresMs === undefined) return;
      if (expiresMs > clock.nowMs) {
        waiting.addAfter(key, expiresMs - clock.nowMs);
        return;
      }
      const { namespace = '', name, uid } = job.metadata;
      if (jobClient.get(namespace, name)?.metadata.uid !== uid) return;
      jobClient.delete(namespace, name, { propagationPolicy: 'Foreground', preconditions: { uid } });
    },
  });
  const queueFinished = (job: Job): void => {
    if (expiryOf(job) !== undefined) waiting.add(keyOf(job));
  };
  cache.onChange({ added: queueFinished, updated: queueFinished });
}

/** When it is to go, in milliseconds since 1970; undefined when it is not, or not yet known. */
function expiryOf(job: Job): number | undefined {
  const { ttlSecondsAfterFinished } = job.spec;
  if (ttlSecondsAfterFinished === undefined || job.metadata.deletionTimestamp) return undefined;
  const finishedMs = parseRfc3339(finishedCondition(job)?.lastTransitionTime ?? '');
  return finishedMs === undefined ? undefined : finishedMs + ttlSecondsAfterFinished * 1000;
}
