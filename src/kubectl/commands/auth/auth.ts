import type { Command } from '../../command/command.ts';
import { canICommand } from './can-i.ts';
import { reconcileCommand } from './reconcile.ts';
import { whoAmICommand } from './whoami.ts';

/** Upstream: kubectl/pkg/cmd/auth/auth.go */
export const authCommand: Command = {
  name: 'auth',
  short: 'Inspect authorization',
  long: 'Inspect authorization.',
  subcommands: [canICommand, reconcileCommand, whoAmICommand],
};
