import type { Plugin } from '../framework.ts';
import { matchesQuery } from '../match-index.ts';
import { PodInfo } from '../pod-info.ts';
import { constraintsOf } from '../topology-constraints.ts';
import { topologySpreadFilter } from './pod-topology-spread-filter.ts';
import { topologySpreadScore } from './pod-topology-spread-score.ts';

/**
 * Spreads pods over nodes, zones or whatever nodes are labelled with: as the pod's constraints say, or by default gently
 * over nodes and zones. Upstream: pkg/scheduler/framework/plugins/podtopologyspread
 */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  planFilter: topologySpreadFilter,
  planScore: topologySpreadScore,
  mayHelp(event, waiting) {
    if (event.type === 'node-added' || event.type === 'pod-itself') return true;
    if (event.type === 'storage-changed') return false;
    if (event.type === 'node-changed') return event.changes.labels || event.changes.taints;
    const pod = new PodInfo(event.pod);
    return constraintsOf(waiting, 'DoNotSchedule').some(({ query }) =>
      matchesQuery({ ...query, countsTerminating: true }, pod),
    );
  },
};
