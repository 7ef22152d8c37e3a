import type { Plugin, Refusal } from '../framework.ts';
import { PodInfo } from '../pod-info.ts';

const name = 'NodePorts';
const taken: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  isResolvable: true,
};

/** Two pods cannot have the same hostPort on one node. Upstream: pkg/scheduler/framework/plugins/nodeports */
export const nodePorts: Plugin = {
  name,
  planFilter: ({ hostPorts }) =>
    hostPorts.length === 0 ? undefined : { filter: (node) => (node.hasPortConflict(hostPorts) ? taken : undefined) },
  mayHelp(event, { hostPorts }) {
    if (event.type === 'node-added') return true;
    if (event.type !== 'pod-left' || !event.isGone) return false;
    return new PodInfo(event.pod).hostPorts.some((freed) => hostPorts.some((wanted) => wanted.port === freed.port));
  },
};
