import { humanDuration, parseRfc3339 } from '../../api/index.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const zeroTime = 'Mon, 01 Jan 0001 00:00:00 +0000';

const pad = (value: number) => String(value).padStart(2, '0');

/** Go's RFC1123Z in UTC: `Mon, 05 Jan 2026 09:00:00 +0000`. A time that is not set is Go's zero time. */
export function rfc1123(timestamp: string | undefined): string {
  const ms = timestamp === undefined ? undefined : parseRfc3339(timestamp);
  if (ms === undefined) return zeroTime;
  const date = new Date(ms);
  const day = `${days[date.getUTCDay()]}, ${pad(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())} +0000`;
}

/** How long ago that was: `3m15s`. */
export function ageOf(timestamp: string | null | undefined, nowMs: number): string {
  const ms = timestamp ? parseRfc3339(timestamp) : undefined;
  return ms === undefined ? '<unknown>' : humanDuration(nowMs - ms);
}
