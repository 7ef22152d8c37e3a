import { createMergePatch, createStrategicTwoWayPatch, type JsonObject as ApiJsonObject } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import type { JsonObject } from '../../resource/json.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';

/** Sends what differs between the object as it is and as it should be. */
export async function sendChange(
  invocation: Invocation,
  info: ResourceInfo,
  wanted: JsonObject,
  isDryRun: boolean,
): Promise<JsonObject> {
  const client = await invocation.resource(info.mapping);
  const schema = patchSchemaOf(info.mapping);
  const [before, after] = [info.object as ApiJsonObject, wanted as ApiJsonObject];
  const patch = schema ? createStrategicTwoWayPatch(before, after, schema) : createMergePatch(before, after);
  return client.patch(info.namespace, info.name, schema ? 'strategic' : 'merge', patch, {
    fieldManager: invocation.flags.getString('field-manager'),
    isDryRun,
  });
}
