import { ApiError, expired, type KubeObject } from '../../../api/index.ts';
import type { Cancel } from '../../../kernel/index.ts';
import { StoreConflict, type StoredEvent } from '../../store/index.ts';
import type { ApiResponse, ApiSink } from '../api-request.ts';
import { warningHeaders } from '../response/respond.ts';
import { rulesOf } from '../resource-definition.ts';
import { tableOf, transformObject } from '../response/transform.ts';
import { parseVersion, readListOptions, type ListOptions } from './list-options.ts';
import { transformOptions, type Scope } from './scope.ts';
import { selectionOf, type Selection } from './selection.ts';

const bookmarkIntervalMs = 60_000;
const minTimeoutMs = 30 * 60_000;

/**
 * A stream of changes.
 * Upstream: apiserver/pkg/endpoints/handlers/watch.go, storage/cacher
 * Differs: a watch without timeoutSeconds ends after 45 minutes; upstream draws between 30 and 60.
 */
export function watchObjects(scope: Scope, alarm: Alarm): ApiResponse {
  const options = readListOptions(scope.query, true);
  const selection = selectionOf(scope);
  const version = parseVersion(options.resourceVersion, scope.definition, 'watch');
  // Refuses what cannot be transformed before the stream begins.
  transformOptions(scope);
  return {
    status: 200,
    headers: [['content-type', 'application/json'], ...warningHeaders(scope.warnings)],
    stream: (sink) => new Watch(scope, selection, sink).start(version, options, alarm),
  };
}

/** Calls back once the time has come, outside of everything that happens in the cluster. */
export type Alarm = (atMs: number, ring: () => void) => Cancel;

class Watch {
  readonly #scope: Scope;
  readonly #selection: Selection;
  readonly #sink: ApiSink;
  readonly #cancels: Cancel[] = [];
  #isFirst = true;
  #isOver = false;

  constructor(scope: Scope, selection: Selection, sink: ApiSink) {
    this.#scope = scope;
    this.#selection = selection;
    this.#sink = sink;
  }

  start(version: number, options: ListOptions, alarm: Alarm): Cancel {
    const { collection } = this.#scope.store;
    const isFromNow = version === 0;
    const wantsInitial = options.sendInitialEvents ?? isFromNow;
    if (wantsInitial) {
      this.#sendInitial();
      if (options.allowWatchBookmarks) this.#bookmark({ 'k8s.io/initial-events-end': 'true' });
    } else if (!isFromNow && !this.#replay(version)) {
      return () => {};
    }
    if (this.#isOver) return () => {};
    this.#cancels.push(collection.watch((event) => event.revision > version && this.#send(event)));
    const { nowMs } = this.#scope.context;
    const timeoutMs = options.timeoutSeconds ? options.timeoutSeconds * 1000 : 1.5 * minTimeoutMs;
    this.#cancels.push(alarm(nowMs + timeoutMs, () => this.#end()));
    if (options.allowWatchBookmarks) this.#bookmarkRegularly(nowMs, alarm);
    return () => this.#stop();
  }

  #sendInitial(): void {
    const { objects } = this.#scope.store.collection.list(this.#selection.namespace);
    for (const object of objects) if (this.#selection.matches(object)) this.#write('ADDED', object);
  }

  /** What has happened since `version`; false when that is too long ago. */
  #replay(version: number): boolean {
    try {
      for (const event of this.#scope.store.collection.eventsAfter(version)) this.#send(event);
      return true;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
      const { compactedRevision } = this.#scope.store.collection;
      const refusal = expired(`too old resource version: ${version} (${compactedRevision})`);
      this.#sink.write({ type: 'ERROR', object: refusal.toStatus() });
      this.#sink.end();
      return false;
    }
  }

  /** A change as it looks through the selectors: what begins to match is added, what ceases to is deleted. */
  #send({ type, object, previous }: StoredEvent): void {
    const { namespace, matches } = this.#selection;
    if (namespace !== undefined && object.metadata.namespace !== namespace) return;
    const isMatch = type !== 'DELETED' && matches(object);
    const wasMatch = previous !== undefined && matches(previous);
    if (isMatch) this.#write(wasMatch ? 'MODIFIED' : 'ADDED', object);
    else if (wasMatch) this.#write('DELETED', type === 'DELETED' ? object : atVersion(previous, object));
  }

  #write(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void {
    if (this.#isOver) return;
    const transformed = this.#transform(object);
    this.#isFirst = false;
    if (transformed) this.#sink.write({ type, object: transformed });
    else this.#end();
  }

  /** Undefined when an object cannot be had in the form that was asked for; upstream hangs up then, too. */
  #transform(object: KubeObject): object | undefined {
    const options = { ...transformOptions(this.#scope), nowMs: this.#scope.store.nowMs };
    const outgoing = this.#scope.codec.outgoing(object);
    const { resourceVersion } = object.metadata;
    if (options.format.as === 'Table') return tableOf([outgoing], { resourceVersion }, options, this.#isFirst);
    try {
      return transformObject(outgoing, options);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  #bookmark(annotations?: Readonly<Record<string, string>>): void {
    const { definition, store, format } = this.#scope;
    const resourceVersion = String(store.collection.revision);
    const metadata = { resourceVersion, creationTimestamp: null, ...(annotations && { annotations }) };
    const apiVersion = definition.group ? `${definition.group}/${definition.version}` : definition.version;
    const object = { kind: definition.kind, apiVersion, metadata };
    if (format.as === 'object') return this.#sink.write({ type: 'BOOKMARK', object });
    const partial = { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${format.version}`, metadata };
    if (format.as !== 'Table') return this.#sink.write({ type: 'BOOKMARK', object: partial });
    const options = { ...transformOptions(this.#scope), includeObject: 'None' as const };
    const table = tableOf([], { resourceVersion }, options, this.#isFirst) as { readonly rows: readonly object[] };
    const rows = [{ cells: (rulesOf(definition).columns ?? []).map(() => ''), object: partial }];
    this.#isFirst = false;
    this.#sink.write({ type: 'BOOKMARK', object: { ...table, rows } });
  }

  #bookmarkRegularly(fromMs: number, alarm: Alarm): void {
    const atMs = fromMs + bookmarkIntervalMs;
    const index = this.#cancels.length;
    this.#cancels.push(() => {});
    const next = (dueMs: number): void => {
      this.#cancels[index] = alarm(dueMs, () => {
        this.#bookmark();
        next(dueMs + bookmarkIntervalMs);
      });
    };
    next(atMs);
  }

  #end(): void {
    this.#isOver = true;
    this.#stop();
    this.#sink.end();
  }

  #stop(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }
}

/** The state that a watcher last knew, with the revision of the change that hides the object from it. */
function atVersion(previous: KubeObject, { metadata }: KubeObject): KubeObject {
  return { ...previous, metadata: { ...previous.metadata, resourceVersion: metadata.resourceVersion } };
}
