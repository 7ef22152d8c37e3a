import type { Plugin, Refusal } from '../framework.ts';
import { normaliseByLargest } from '../framework.ts';
import { firstUntolerated, isTolerated, keepsOff } from '../tolerations.ts';

const name = 'TaintToleration';
const untolerated: Refusal = { plugin: name, reasons: ['node(s) had untolerated taint(s)'], isResolvable: false };

/** Keeps pods off nodes whose taints they do not tolerate. Upstream: pkg/scheduler/framework/plugins/tainttoleration */
export const taintToleration: Plugin = {
  name,
  weight: 3,
  planFilter: ({ pod }) => ({
    filter: ({ node }) =>
      firstUntolerated(node.spec?.taints, pod.spec.tolerations, keepsOff) ? untolerated : undefined,
  }),
  planScore({ pod }) {
    const tolerations = pod.spec.tolerations?.filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    return {
      score({ node }) {
        let avoided = 0;
        for (const taint of node.spec?.taints ?? []) {
          if (taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)) avoided++;
        }
        return avoided;
      },
      normalise: (scores) => normaliseByLargest(scores, true),
    };
  },
  mayHelp(event, { pod }) {
    if (event.type === 'pod-itself') return true;
    if (event.type !== 'node-added' && event.type !== 'node-changed') return false;
    const isFree = !firstUntolerated(event.node.spec?.taints, pod.spec.tolerations, keepsOff);
    if (event.type === 'node-added') return isFree;
    return isFree && firstUntolerated(event.old.spec?.taints, pod.spec.tolerations, keepsOff) !== undefined;
  },
};
