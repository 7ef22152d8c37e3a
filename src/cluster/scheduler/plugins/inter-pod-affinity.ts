import type { Plugin } from '../framework.ts';
import { interPodAffinityFilter } from './inter-pod-affinity-filter.ts';
import { interPodAffinityScore } from './inter-pod-affinity-score.ts';

/** Pods that want to be near others, or not. Upstream: pkg/scheduler/framework/plugins/interpodaffinity */
export const interPodAffinity: Plugin = {
  name: 'InterPodAffinity',
  weight: 2,
  planFilter: interPodAffinityFilter,
  planScore: interPodAffinityScore,
  mayHelp(event) {
    if (event.type === 'node-changed') return event.changes.labels;
    if (event.type === 'storage-changed') return false;
    return event.type !== 'pod-left' || event.isGone;
  },
};
