import type { ClockEvent } from '../../api/index.ts';

export const labelText = ({ component, action, subject }: ClockEvent['label']): string =>
  `${component}: ${action}${subject ? ` ${subject}` : ''}`;

const routine = new Set([
  'watch',
  'requeue',
  'renew',
  'report',
  'monitor',
  'relist',
  'deliver',
  'compact',
  'resync',
  'tick',
  'update',
  'expire',
  'keep',
  'list',
]);

/** What happens all the time, whatever one does: watching, renewing leases, looking around. */
export const isRoutine = ({ label: { action } }: ClockEvent): boolean => routine.has(action.split(' ')[0]!);
