import type { Plugin, Refusal } from '../framework.ts';
import { isTolerated } from '../tolerations.ts';

const name = 'NodeUnschedulable';
const cordonTaint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const cordoned: Refusal = { plugin: name, reasons: ['node(s) were unschedulable'], isResolvable: false };

/** Keeps pods off cordoned nodes. Upstream: pkg/scheduler/framework/plugins/nodeunschedulable */
export const nodeUnschedulable: Plugin = {
  name,
  planFilter: ({ pod }) =>
    isTolerated(cordonTaint, pod.spec.tolerations)
      ? undefined
      : { filter: ({ node }) => (node.spec?.unschedulable ? cordoned : undefined) },
  mayHelp(event) {
    if (event.type === 'pod-itself') return isTolerated(cordonTaint, event.pod.spec.tolerations);
    if (event.type === 'node-added') return !event.node.spec?.unschedulable;
    return event.type === 'node-changed' && event.changes.unschedulable && !event.node.spec?.unschedulable;
  },
};
