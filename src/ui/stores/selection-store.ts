import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KubeObject, ObjectKey } from '../../api/index.ts';
import type { Resource } from './kinds.ts';

/** An object that the page can point at. */
export interface ObjectRef {
  readonly resource: Resource;
  readonly key: ObjectKey;
}

export interface SelectionState {
  readonly selected: ObjectRef | undefined;
}

export type SelectionStore = StoreApi<SelectionState>;

export const createSelectionStore = (): SelectionStore => createStore<SelectionState>(() => ({ selected: undefined }));

export const isSameRef = (a: ObjectRef | undefined, b: ObjectRef | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.resource === b.resource && a.key === b.key);

/** One string for a reference, for lists and the document's ids. */
export const refId = (ref: ObjectRef): string => `${ref.resource}/${ref.key}`;

export const ageMs = (object: KubeObject, nowMs: number): number =>
  Math.max(0, nowMs - Date.parse(object.metadata.creationTimestamp));
