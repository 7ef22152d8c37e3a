import type { KubeList, KubeObject, Status } from '../../api/index.ts';
import type { KubeApi } from '../../client/index.ts';
import { RequestFailed, requestJson, requestStream } from './api-request.ts';
import { readJsonLines } from './json-lines.ts';

export type WatchPhase = 'loading' | 'live' | 'reconnecting';

export interface WatchSink<T extends KubeObject> {
  /** All there is; whatever is not in it is gone. */
  replace(objects: readonly T[]): void;
  upsert(object: T): void;
  remove(object: T): void;
  setPhase(phase: WatchPhase): void;
}

export interface WatchOptions {
  readonly path: string;
  readonly signal: AbortSignal;
  /** Before the next attempt after a failure; doubles up to the second. */
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
}

interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

const pageSize = 1_000;

/**
 * Keeps a sink in step with a collection until the signal aborts: a list, then a watch from there. A watch that ends is
 * taken up again where it stopped; when that revision is gone (410), everything is listed anew.
 */
export async function watchResource<T extends KubeObject>(
  api: KubeApi,
  sink: WatchSink<T>,
  { path, signal, firstDelayMs = 300, longestDelayMs = 5_000 }: WatchOptions,
): Promise<void> {
  let revision: string | undefined;
  let delayMs = firstDelayMs;
  while (!signal.aborted) {
    try {
      if (revision === undefined) {
        const list = await listAll<T>(api, path, signal);
        sink.replace(list.items);
        revision = list.resourceVersion;
      }
      const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(revision)}`;
      const body = await requestStream(api, `${path}?${query}`, { signal });
      sink.setPhase('live');
      delayMs = firstDelayMs;
      for await (const event of readJsonLines<WatchEvent<T>>(body)) {
        if (event.type === 'ERROR') throw watchFailure(event.object as unknown as Status);
        revision = event.object.metadata.resourceVersion;
        if (event.type === 'DELETED') sink.remove(event.object);
        else if (event.type !== 'BOOKMARK') sink.upsert(event.object);
      }
    } catch (error) {
      if (signal.aborted) return;
      sink.setPhase('reconnecting');
      // Any refusal may mean that our revision belongs to another history (a seek went back before it): start anew.
      if (error instanceof RequestFailed) revision = undefined;
    }
    await sleep(delayMs, signal);
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  }
}

async function listAll<T extends KubeObject>(api: KubeApi, path: string, signal: AbortSignal) {
  const items: T[] = [];
  let token: string | undefined;
  for (;;) {
    const query = `limit=${pageSize}${token ? `&continue=${encodeURIComponent(token)}` : ''}`;
    const page = await requestJson<KubeList<T>>(api, `${path}?${query}`, { signal });
    // Items of a list leave out what the list already says.
    const kind = { apiVersion: page.apiVersion, kind: page.kind.replace(/List$/, '') };
    for (const item of page.items) items.push({ ...kind, ...item });
    token = page.metadata.continue;
    if (!token) return { items, resourceVersion: page.metadata.resourceVersion ?? '0' };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

const watchFailure = (status: Status) => new RequestFailed(status.code ?? 500, status);
