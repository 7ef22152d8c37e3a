import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { splitKey, type ObjectKey, type SchedulingDecision } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';

/** The scheduler's latest decision about a pod, asked for anew whenever the pod changes. */
export function useDecision(podKey: ObjectKey | undefined): SchedulingDecision | undefined {
  const { sim, cluster } = useDrydock();
  const version = useStore(cluster.pods, ({ objects }) =>
    podKey === undefined ? undefined : objects.get(podKey)?.metadata.resourceVersion,
  );
  const [known, setKnown] = useState<{
    readonly podKey: ObjectKey;
    readonly decision: SchedulingDecision | undefined;
  }>();
  useEffect(() => {
    if (podKey === undefined || version === undefined) return;
    let isCurrent = true;
    const { namespace, name } = splitKey(podKey);
    sim.scheduling(namespace, name).then(
      (decision) => isCurrent && setKnown({ podKey, decision }),
      // A cluster that is no simulator does not tell.
      () => isCurrent && setKnown({ podKey, decision: undefined }),
    );
    return () => {
      isCurrent = false;
    };
  }, [sim, podKey, version]);
  return known?.podKey === podKey ? known?.decision : undefined;
}
