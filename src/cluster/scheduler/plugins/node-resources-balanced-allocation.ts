import { maxScore } from '../framework.ts';
import type { Plugin } from '../framework.ts';

/**
 * Prefers nodes where CPU and memory would be used in about the same proportion.
 * Upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
 */
export const nodeResourcesBalancedAllocation: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  planScore({ requests }) {
    // A pod that asks for nothing would always go where the balance is best already: upstream lets the others decide.
    if (requests.milliCpu === 0 && requests.memory === 0) return undefined;
    return {
      score({ allocatable, requested }) {
        const cpu = fraction(requested.milliCpu + requests.milliCpu, allocatable.milliCpu);
        const memory = fraction(requested.memory + requests.memory, allocatable.memory);
        const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs((cpu - memory) / 2);
        return Math.trunc((1 - deviation) * maxScore);
      },
    };
  },
};

function fraction(used: number, capacity: number): number | undefined {
  return capacity === 0 ? undefined : Math.min(1, used / capacity);
}
