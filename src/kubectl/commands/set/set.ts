import type { Command } from '../../command/command.ts';
import { setEnvCommand } from './env/env.ts';
import { setImageCommand } from './image.ts';
import { setResourcesCommand } from './resources.ts';
import { setSelectorCommand } from './selector.ts';
import { setServiceAccountCommand } from './service-account.ts';
import { setSubjectCommand } from './subject.ts';

/** Upstream: kubectl/pkg/cmd/set/set.go */
export const setCommand: Command = {
  name: 'set',
  short: 'Set specific features on objects',
  long: `Configure application resources.

These commands help you make changes to existing application resources.`,
  usage: 'set SUBCOMMAND',
  hasOwnFlagsInUsage: true,
  subcommands: [
    setEnvCommand,
    setImageCommand,
    setResourcesCommand,
    setSelectorCommand,
    setServiceAccountCommand,
    setSubjectCommand,
  ],
};
