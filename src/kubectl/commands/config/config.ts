import type { Command } from '../../command/command.ts';
import { currentContextCommand, getContextsCommand, renameContextCommand, useContextCommand } from './contexts.ts';
import {
  deleteClusterCommand,
  deleteContextCommand,
  deleteUserCommand,
  getClustersCommand,
  getUsersCommand,
} from './entries.ts';
import { setClusterCommand, setContextCommand, setCredentialsCommand } from './set-entries.ts';
import { setCommand, unsetCommand } from './set-property.ts';
import { viewCommand } from './view.ts';

/** Upstream: kubectl/pkg/cmd/config/config.go */
export const configCommand: Command = {
  name: 'config',
  short: 'Modify kubeconfig files',
  long: `Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".

Which files count:

1.  With --kubeconfig, that file alone.
2.  Otherwise the files that $KUBECONFIG lists, merged. A value is changed in the file that has it; a new one goes to the first file that exists, or to the last in the list.
3.  Otherwise \${HOME}/.kube/config.`,
  usage: 'config SUBCOMMAND',
  hasOwnFlagsInUsage: true,
  subcommands: [
    currentContextCommand,
    deleteClusterCommand,
    deleteContextCommand,
    deleteUserCommand,
    getClustersCommand,
    getContextsCommand,
    getUsersCommand,
    renameContextCommand,
    setCommand,
    setClusterCommand,
    setContextCommand,
    setCredentialsCommand,
    unsetCommand,
    useContextCommand,
    viewCommand,
  ],
};
