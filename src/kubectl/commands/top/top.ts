import type { Command } from '../../command/command.ts';
import { topNodeCommand } from './top-node.ts';
import { topPodCommand } from './top-pod.ts';

/** Upstream: kubectl/pkg/cmd/top/top.go */
export const topCommand: Command = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  long: `Display resource (CPU/memory) usage.

Shows what nodes and pods used lately, as the metrics server has gathered it from the kubelets; without one in the cluster the command cannot work.

The figures are those that autoscalers go by: good for a quick look at who uses most, or at why an autoscaler does what it does. They need not agree with what tools such as 'top' show, and they take the place of no monitoring.`,
  subcommands: [topNodeCommand, topPodCommand],
};
