import type { Plugin } from '../framework.ts';

/**
 * Holds a pod back until all its scheduling gates are taken away; the queue asks `isGated` before a pod gets a turn.
 * Upstream: pkg/scheduler/framework/plugins/schedulinggates
 */
export const schedulingGates: Plugin = {
  name: 'SchedulingGates',
  mayHelp: (event) => event.type === 'pod-itself' && !event.pod.spec.schedulingGates?.length,
};
