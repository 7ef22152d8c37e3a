import type { Plugin, Refusal } from '../framework.ts';

const name = 'NodeName';
const otherName: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match the requested node name"],
  isResolvable: false,
};

/** Takes only the node that the pod names. Upstream: pkg/scheduler/framework/plugins/nodename */
export const nodeName: Plugin = {
  name,
  planFilter({ pod }) {
    const wanted = pod.spec.nodeName;
    return wanted ? { filter: (node) => (node.name === wanted ? undefined : otherName) } : undefined;
  },
  mayHelp: (event) => event.type === 'node-added',
};
