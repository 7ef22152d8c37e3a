import { formatTime } from '../format/strftime.ts';

/** `Thu, 15 Jan 2026 10:30:00 GMT` */
export function httpDate(ms: number): string {
  return formatTime('%a, %d %b %Y %H:%M:%S GMT', ms);
}
