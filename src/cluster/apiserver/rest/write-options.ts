import type { RequestContext } from '../resource-definition.ts';

/** How a write is to be done, beside what is written. */
export interface WriteOptions {
  readonly context: RequestContext;
  /** Who owns the fields that this write changes. */
  readonly fieldManager: string;
  /** Everything happens but the write itself. */
  readonly isDryRun?: boolean;
  /** Takes the texts of `Warning:` headers. */
  readonly warn?: (text: string) => void;
}

export interface UpdateOptions extends WriteOptions {
  /** `''` is the object itself. */
  readonly subresource?: string;
  /** Server-side apply: what does not exist is created. */
  readonly mayCreate?: boolean;
  /** The object comes from server-side apply and carries its managedFields. */
  readonly isApply?: boolean;
  /** What managedFields call the sub-resource, where the write goes to the object itself: `scale`. */
  readonly trackedSubresource?: string;
}

export interface DeleteOptions extends WriteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** The old form of the policy; it excludes the new one. */
  readonly orphanDependents?: boolean;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** What a delete came to. */
export interface Deletion<T> {
  /** The object's last state, or its state while it goes. */
  readonly object: T;
  /** Whether it is gone: otherwise it waits for its grace period or its finalizers. */
  readonly isGone: boolean;
  /** Whether this very call changed it to be on its way out (a further delete of the same object changes nothing). */
  readonly wasUpdated: boolean;
}
