import type { Command, CommandGroup } from '../command/command.ts';
import { apiResourcesCommand } from './api-resources.ts';
import { apiVersionsCommand } from './api-versions.ts';
import { attachCommand } from './attach.ts';
import { applyCommand } from './apply/apply.ts';
import { authCommand } from './auth/auth.ts';
import { autoscaleCommand } from './autoscale.ts';
import { certificateCommand } from './certificate/certificate.ts';
import { clusterInfoCommand } from './cluster-info.ts';
import { completionCommand } from './completion/completion.ts';
import { configCommand } from './config/config.ts';
import { cpCommand } from './cp/cp.ts';
import { createCommand } from './create/create.ts';
import { debugCommand } from './debug/debug.ts';
import { deleteCommand } from './delete/delete.ts';
import { describeCommand } from './describe.ts';
import { diffCommand } from './diff/diff.ts';
import { editCommand } from './edit/edit.ts';
import { cordon, uncordon } from './drain/cordon.ts';
import { drainCommand } from './drain/drain.ts';
import { eventsCommand } from './events.ts';
import { execCommand } from './exec.ts';
import { explainCommand } from './explain/explain.ts';
import { exposeCommand } from './expose.ts';
import { getCommand } from './get/get.ts';
import { logsCommand } from './logs.ts';
import { annotateCommand } from './metadata/annotate.ts';
import { kustomizeCommand } from './kustomize.ts';
import { labelCommand } from './metadata/label.ts';
import { optionsCommand } from './options.ts';
import { patchCommand } from './patch.ts';
import { pluginCommand } from './plugin/plugin.ts';
import { portForwardCommand } from './port-forward/port-forward.ts';
import { replaceCommand } from './replace.ts';
import { rolloutCommand } from './rollout/rollout.ts';
import { runCommand } from './run/run.ts';
import { scaleCommand } from './scale.ts';
import { setCommand } from './set/set.ts';
import { taintCommand } from './taint/taint.ts';
import { topCommand } from './top/top.ts';
import { versionCommand } from './version.ts';
import { waitCommand } from './wait/wait.ts';

/** Upstream: kubectl/pkg/cmd/cmd.go */
export const commandGroups: readonly CommandGroup[] = [
  { title: 'Basic Commands (Beginner):', commands: [createCommand, exposeCommand, runCommand, setCommand] },
  { title: 'Basic Commands (Intermediate):', commands: [explainCommand, getCommand, editCommand, deleteCommand] },
  { title: 'Deploy Commands:', commands: [rolloutCommand, scaleCommand, autoscaleCommand] },
  {
    title: 'Cluster Management Commands:',
    commands: [certificateCommand, clusterInfoCommand, topCommand, cordon, uncordon, drainCommand, taintCommand],
  },
  {
    title: 'Troubleshooting and Debugging Commands:',
    commands: [
      describeCommand,
      logsCommand,
      attachCommand,
      execCommand,
      portForwardCommand,
      cpCommand,
      authCommand,
      debugCommand,
      eventsCommand,
    ],
  },
  {
    title: 'Advanced Commands:',
    commands: [diffCommand, applyCommand, patchCommand, replaceCommand, waitCommand, kustomizeCommand],
  },
  { title: 'Settings Commands:', commands: [labelCommand, annotateCommand, completionCommand] },
];

/** Those without a heading of their own. */
const otherCommands: readonly Command[] = [
  configCommand,
  pluginCommand,
  versionCommand,
  apiVersionsCommand,
  apiResourcesCommand,
  optionsCommand,
];

export const rootCommand: Command = {
  name: 'kubectl',
  short: 'kubectl controls the Kubernetes cluster manager',
  long: `kubectl controls the Kubernetes cluster manager.

Find more information at: https://kubernetes.io/docs/reference/kubectl/`,
  usage: 'kubectl [flags]',
  subcommands: [...commandGroups.flatMap((group) => group.commands), ...otherCommands],
};
