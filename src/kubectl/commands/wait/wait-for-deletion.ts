import type { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { stringAt, type JsonObject } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { objectName } from '../../resource/resource-text.ts';
import { waitForObject } from './wait-for-object.ts';

/**
 * Waits until an object is gone, or another has taken its name. Upstream: kubectl/pkg/cmd/wait/delete.go
 * @param uid of the object that was deleted, where it is known
 */
export async function waitForDeletion(
  invocation: Invocation,
  info: ResourceInfo,
  deadline: Deadline,
  options: { readonly uid?: string; readonly isImmediate?: boolean } = {},
): Promise<JsonObject | undefined> {
  const client = await invocation.resource(info.mapping);
  const current = await client.find(info.namespace, info.name);
  if (!current) return info.object;
  if (options.uid && stringAt(current, 'metadata', 'uid') !== options.uid) return current;
  if (options.isImmediate) throw new CommandError(`condition not met for ${objectName(info)}`);
  await waitForObject(invocation, { ...info, object: current }, deadline, {
    whenMissing: 'done',
    isDone: (object) => object === undefined,
  });
  return current;
}
