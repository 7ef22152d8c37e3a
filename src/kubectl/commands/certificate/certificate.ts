import type { Command } from '../../command/command.ts';
import { decisionCommand } from './decision.ts';

/** Upstream: kubectl/pkg/cmd/certificates/certificates.go */
export const certificateCommand: Command = {
  name: 'certificate',
  short: 'Modify certificate resources',
  long: 'Modify certificate resources.',
  usage: 'certificate SUBCOMMAND',
  hasOwnFlagsInUsage: true,
  helpsWithAnything: true,
  subcommands: [
    decisionCommand({
      name: 'approve',
      operation: 'approved',
      condition: 'Approved',
      opposite: 'Denied',
      reason: 'KubectlApprove',
      long: `Approve a certificate signing request.

An administrator says with it that a certificate may be issued with what the request (CSR) asks for; a signer then issues it.

Mind what that lets the requester do: it may reach resources of the cluster with it, or act as somebody else.`,
    }),
    decisionCommand({
      name: 'deny',
      operation: 'denied',
      condition: 'Denied',
      opposite: 'Approved',
      reason: 'KubectlDeny',
      long: `Deny a certificate signing request.

An administrator says with it that no certificate may be issued for the request (CSR).`,
    }),
  ],
};
