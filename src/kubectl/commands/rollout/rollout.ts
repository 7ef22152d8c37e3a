import type { Command } from '../../command/command.ts';
import { pauseCommand, restartCommand, resumeCommand } from './change-template.ts';
import { historyCommand } from './history.ts';
import { statusCommand } from './status.ts';
import { undoCommand } from './undo.ts';

/** Upstream: kubectl/pkg/cmd/rollout/rollout.go */
export const rolloutCommand: Command = {
  name: 'rollout',
  printsHelp: true,
  short: 'Manage the rollout of a resource',
  long: `Manage the rollout of one or many resources.

Valid resource types include:

*  deployments
*  daemonsets
*  statefulsets`,
  examples: `# Roll a deployment back
kubectl rollout undo deployment/abc

# Watch the rollout of a daemon set
kubectl rollout status daemonset/foo

# Restart a deployment
kubectl rollout restart deployment/abc

# Restart deployments with a label
kubectl rollout restart deployment --selector=app=nginx`,
  usage: 'rollout SUBCOMMAND',
  hasOwnFlagsInUsage: true,
  subcommands: [historyCommand, pauseCommand, restartCommand, resumeCommand, statusCommand, undoCommand],
};
