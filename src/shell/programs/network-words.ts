import type { ConnectErrno } from '../program.ts';

/** strerror(3) of what connect(2) fails with. */
export const connectErrors: Readonly<Record<ConnectErrno, string>> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
  ECONNRESET: 'Connection reset by peer',
};
