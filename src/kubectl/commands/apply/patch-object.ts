import {
  ApiError,
  createMergeThreeWayPatch,
  createStrategicThreeWayPatch,
  goJson,
  type JsonObject as ApiJsonObject,
} from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { withSource } from '../../errors/report.ts';
import type { JsonObject } from '../../resource/json.ts';
import { lastAppliedOf } from '../../resource/last-applied.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import type { ResourceClient, WriteOptions } from '../../resource/resource-client.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import type { DeletionOptions } from '../delete/deletion-options.ts';

export interface PatchOutcome {
  readonly patch: JsonObject;
  readonly object: JsonObject;
}

/** A patch that the server refused. */
export class PatchRefusal extends Error {
  override readonly name = 'PatchRefusal';
  readonly patch: string;
  readonly reason: Error;

  constructor(patch: string, reason: Error) {
    super(reason.message);
    this.patch = patch;
    this.reason = reason;
  }
}

const tries = 5;
const triesBeforeWaiting = 1;

/**
 * The patch of `kubectl apply`: from what was applied last, what is to be applied, and what there is.
 * Upstream: kubectl/pkg/cmd/apply/patcher.go
 */
export class Patcher {
  readonly #invocation: Invocation;
  readonly #client: ResourceClient;
  readonly #write: WriteOptions;
  readonly #deletion: DeletionOptions;

  constructor(invocation: Invocation, client: ResourceClient, write: WriteOptions, deletion: DeletionOptions) {
    this.#invocation = invocation;
    this.#client = client;
    this.#write = write;
    this.#deletion = deletion;
  }

  async patch(info: ResourceInfo, current: JsonObject, modified: JsonObject): Promise<PatchOutcome> {
    let live = current;
    let patch: JsonObject = {};
    for (let attempt = 0; ; attempt++) {
      patch = threeWayPatch(info, live, modified);
      if (Object.keys(patch).length === 0) return { patch, object: live };
      try {
        const type = patchSchemaOf(info.mapping) ? 'strategic' : 'merge';
        return { patch, object: await this.#client.patch(info.namespace, info.name, type, patch, this.#write) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.reason === 'Conflict' && attempt < tries) {
          if (attempt >= triesBeforeWaiting) await this.#invocation.io.clock.sleep(1000, this.#invocation.io.signal);
          live = await this.#client.get(info.namespace, info.name);
          continue;
        }
        const isReplaceable = error.reason === 'Conflict' || error.reason === 'Invalid';
        if (isReplaceable && this.#deletion.isForced)
          return { patch: modified, object: await this.#replace(info, modified) };
        throw new PatchRefusal(goJson(patch), withSource('patching', info.source, error));
      }
    }
  }

  /** `--force`: deletes the object and makes it anew. */
  async #replace(info: ResourceInfo, modified: JsonObject): Promise<JsonObject> {
    await this.#client.delete(info.namespace, info.name, this.#deletion.body);
    while (await this.#client.find(info.namespace, info.name)) {
      await this.#invocation.io.clock.sleep(1000, this.#invocation.io.signal);
    }
    return this.#client.create(info.namespace, modified, this.#write);
  }
}

function threeWayPatch(info: ResourceInfo, current: JsonObject, modified: JsonObject): JsonObject {
  const original = JSON.parse(lastAppliedOf(current) ?? '{}') as ApiJsonObject;
  const schema = patchSchemaOf(info.mapping);
  const [before, after] = [current as ApiJsonObject, modified as ApiJsonObject];
  const patch = schema
    ? createStrategicThreeWayPatch(original, after, before, schema)
    : createMergeThreeWayPatch(original, after, before);
  return patch as JsonObject;
}
