import type { ClockEvent } from '../../api/index.ts';

export const labelText = ({ component, action, subject }: ClockEvent['label']): string =>
  `${component}: ${action}${subject ? ` ${subject}` : ''}`;
