import { ApiError } from '../../api/index.ts';
import { watchEvents, type WatchEvent } from '../rest/watch.ts';
import type { Query, RestClient } from '../rest/rest-client.ts';
import { pathOf, type RestMapping } from '../rest/rest-mapper.ts';
import type { JsonObject } from './json.ts';
import { itemsOf } from './unstructured.ts';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const patchContentTypes: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

export interface WriteOptions {
  readonly fieldManager?: string;
  readonly isDryRun?: boolean;
  readonly fieldValidation?: string;
  readonly isForced?: boolean;
  readonly subresource?: string;
}

/** The verbs on objects of one resource. Upstream: cli-runtime/pkg/resource/helper.go */
export class ResourceClient {
  readonly #client: RestClient;
  readonly #mapping: RestMapping;

  constructor(client: RestClient, mapping: RestMapping) {
    this.#client = client;
    this.#mapping = mapping;
  }

  get(
    namespace: string,
    name: string,
    subresource = '',
    extra: { accept?: string; query?: Query } = {},
  ): Promise<JsonObject> {
    return this.#client.json({ path: pathOf(this.#mapping, namespace, name, subresource), ...extra });
  }

  list(namespace: string, query: Query = {}, accept?: string): Promise<JsonObject> {
    return this.#client.json({ path: pathOf(this.#mapping, namespace), query, ...(accept && { accept }) });
  }

  /** All objects, page after page. */
  async listAll(namespace: string, query: Query = {}): Promise<JsonObject[]> {
    const all: JsonObject[] = [];
    let token = '';
    do {
      const page = await this.list(namespace, { ...query, limit: 500, ...(token && { continue: token }) });
      all.push(...itemsOf(page));
      const metadata = page['metadata'] as JsonObject | undefined;
      token = typeof metadata?.['continue'] === 'string' ? metadata['continue'] : '';
    } while (token !== '');
    return all;
  }

  create(namespace: string, object: JsonObject, options: WriteOptions = {}): Promise<JsonObject> {
    return this.#client.json({
      method: 'POST',
      path: pathOf(this.#mapping, namespace),
      query: writeQuery(options),
      body: object,
    });
  }

  replace(namespace: string, name: string, object: JsonObject, options: WriteOptions = {}): Promise<JsonObject> {
    return this.#client.json({
      method: 'PUT',
      path: pathOf(this.#mapping, namespace, name, options.subresource),
      query: writeQuery(options),
      body: object,
    });
  }

  patch(
    namespace: string,
    name: string,
    type: PatchType,
    patch: unknown,
    options: WriteOptions = {},
  ): Promise<JsonObject> {
    return this.#client.json({
      method: 'PATCH',
      path: pathOf(this.#mapping, namespace, name, options.subresource),
      query: { ...writeQuery(options), ...(options.isForced !== undefined && { force: options.isForced }) },
      body: patch,
      contentType: patchContentTypes[type],
    });
  }

  delete(namespace: string, name: string, options: JsonObject): Promise<JsonObject> {
    return this.#client.json({ method: 'DELETE', path: pathOf(this.#mapping, namespace, name), body: options });
  }

  /** The object; undefined when there is none. */
  async find(namespace: string, name: string): Promise<JsonObject | undefined> {
    try {
      return await this.get(namespace, name);
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
      throw error;
    }
  }

  watch(namespace: string, query: Query, accept?: string, signal?: AbortSignal): AsyncGenerator<WatchEvent> {
    return watchEvents(
      this.#client,
      { path: pathOf(this.#mapping, namespace), query, ...(accept && { accept }) },
      signal,
    );
  }
}

function writeQuery(options: WriteOptions): Query {
  return {
    ...(options.isDryRun && { dryRun: 'All' }),
    ...(options.fieldManager && { fieldManager: options.fieldManager }),
    ...(options.fieldValidation && { fieldValidation: options.fieldValidation }),
  };
}
