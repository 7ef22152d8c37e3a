import { maxScore } from '../framework.ts';
import type { Plugin, Refusal } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { Resources } from '../resources.ts';

const name = 'NodeResourcesFit';

/** Whether the pod fits into what is free; scores by LeastAllocated. Upstream: pkg/scheduler/framework/plugins/noderesources */
export const nodeResourcesFit: Plugin = {
  name,
  weight: 1,
  planFilter: ({ requests }) => ({ filter: (node) => refusalFor(requests, node) }),
  planScore: ({ scoringRequests }) => ({ score: (node) => leastAllocated(scoringRequests, node) }),
  mayHelp(event, { requests }) {
    if (event.type === 'pod-itself') return true;
    if (event.type === 'pod-left') return event.isGone;
    if (event.type === 'node-added') return true;
    return (
      event.type === 'node-changed' && event.changes.allocatable && mayGrow(requests, event.node.status?.allocatable)
    );
  },
};

function refusalFor(requests: Resources, node: NodeInfo): Refusal | undefined {
  const { allocatable, requested } = node;
  let reasons: string[] | undefined;
  let isResolvable = true;
  if (node.pods.size + 1 > node.allowedPods) (reasons ??= []).push('Too many pods');
  const check = (resource: string, wanted: number, has: number, used: number): void => {
    if (wanted === 0 || wanted <= has - used) return;
    (reasons ??= []).push(`Insufficient ${resource}`);
    if (wanted > has) isResolvable = false;
  };
  check('cpu', requests.milliCpu, allocatable.milliCpu, requested.milliCpu);
  check('memory', requests.memory, allocatable.memory, requested.memory);
  check('ephemeral-storage', requests.ephemeralStorage, allocatable.ephemeralStorage, requested.ephemeralStorage);
  if (requests.others) {
    for (const [resource, wanted] of requests.others) {
      check(resource, wanted, allocatable.get(resource), requested.get(resource));
    }
  }
  return reasons && { plugin: name, reasons, isResolvable };
}

/** The emptier the better: the mean of what would be left of CPU and of memory, in percent. */
function leastAllocated(requests: Resources, node: NodeInfo): number {
  const { allocatable, scoringRequested } = node;
  let sum = 0;
  let weights = 0;
  if (allocatable.milliCpu > 0) {
    sum += leftOver(scoringRequested.milliCpu + requests.milliCpu, allocatable.milliCpu);
    weights++;
  }
  if (allocatable.memory > 0) {
    sum += leftOver(scoringRequested.memory + requests.memory, allocatable.memory);
    weights++;
  }
  return weights === 0 ? 0 : Math.trunc(sum / weights);
}

function leftOver(used: number, capacity: number): number {
  return used > capacity ? 0 : Math.trunc(((capacity - used) * maxScore) / capacity);
}

/** A node that could never hold the pod, even empty, is no news. */
function mayGrow(requests: Resources, allocatable: Readonly<Record<string, string>> | undefined): boolean {
  return allocatable !== undefined && [...(requests.others?.keys() ?? [])].every((resource) => resource in allocatable);
}
