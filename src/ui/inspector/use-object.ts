import { useState } from 'react';
import { useStore } from 'zustand';
import type { KubeObject } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import type { ObjectRef } from '../stores/selection-store.ts';

/** An object by reference, followed as it changes; what was last seen of it once it is gone. */
export function useObject({ resource, key }: ObjectRef): {
  readonly object: KubeObject | undefined;
  readonly isGone: boolean;
} {
  const { cluster } = useDrydock();
  const store = cluster.of(resource);
  const current = useStore(store, ({ objects }) => objects.get(key));
  const phase = useStore(store, (state) => state.phase);
  const [last, setLast] = useState(current);
  if (current && current !== last) setLast(current);
  return { object: current ?? last, isGone: !current && phase !== 'loading' };
}
