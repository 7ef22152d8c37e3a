import type { Command } from '../../command/command.ts';
import { canICommand } from './can-i.ts';
import { whoAmICommand } from './whoami.ts';

/**
 * Differs: there is no `auth reconcile`.
 * Upstream: kubectl/pkg/cmd/auth/auth.go
 */
export const authCommand: Command = {
  name: 'auth',
  short: 'Inspect authorization',
  long: 'Inspect authorization.',
  subcommands: [canICommand, whoAmICommand],
};
