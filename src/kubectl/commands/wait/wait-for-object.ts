import { ApiError, notFound } from '../../../api/index.ts';
import type { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { stringAt, type JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { itemsOf } from '../../resource/unstructured.ts';

/** What to do with an object that is not there at the start. */
export type WhenMissing = 'fail' | 'done';

export interface ObjectWait {
  readonly whenMissing: WhenMissing;
  /** Says whether the waiting is over; undefined stands for an object that was deleted. */
  readonly isDone: (object: JsonObject | undefined) => boolean;
}

/**
 * Watches one object until it is as wanted. Gives back the object as it was then.
 * Upstream: kubectl/pkg/cmd/wait
 */
export async function waitForObject(
  invocation: Invocation,
  info: ResourceInfo,
  deadline: Deadline,
  wait: ObjectWait,
): Promise<JsonObject | undefined> {
  const client = await invocation.resource(info.mapping);
  const selector = { fieldSelector: `metadata.name=${info.name}` };
  try {
    for (;;) {
      // All resources share the deadline: after it even one that is as wanted counts as late.
      if (deadline.isExpired) throw timedOut(info);
      const list = await client.list(info.namespace, selector);
      const [found] = itemsOf(list);
      if (!found) {
        if (wait.whenMissing === 'done') return info.object;
        throw notFound({ group: info.mapping.group, resource: info.mapping.resource }, info.name);
      }
      const whole = { apiVersion: '', kind: info.mapping.kind, ...info.object, ...found };
      if (wait.isDone(whole)) return whole;
      const query = { ...selector, resourceVersion: stringAt(list, 'metadata', 'resourceVersion') };
      try {
        for await (const event of client.watch(info.namespace, query, undefined, deadline.signal)) {
          if (event.type === 'BOOKMARK') continue;
          const isGone = event.type === 'DELETED';
          if (wait.isDone(isGone ? undefined : event.object)) return event.object;
        }
      } catch (error) {
        // The history is gone: look again.
        if (!(error instanceof ApiError) || (error.code !== 410 && error.reason !== 'Expired')) throw error;
      }
      if (deadline.signal.aborted) throw timedOut(info);
    }
  } catch (error) {
    if (deadline.isExpired) throw timedOut(info);
    throw error;
  }
}

export function timedOut(info: ResourceInfo): CommandError {
  return new CommandError(`timed out waiting for the condition on ${info.mapping.resource}/${info.name}`);
}
