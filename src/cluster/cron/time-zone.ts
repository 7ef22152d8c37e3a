/** A time of the calendar as the clocks of a zone show it. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Why there is no such zone; undefined when there is. Upstream: time.LoadLocation */
export function zoneProblem(zone: string): string | undefined {
  if (isUtc(zone)) return undefined;
  try {
    formatOf(zone);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return `unknown time zone ${zone}`;
    throw error;
  }
}

export function localTime(ms: number, zone: string): LocalTime {
  const shown = new Date(ms + offsetMs(ms, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    weekday: shown.getUTCDay(),
  };
}

/** When the clocks of the zone show the beginning of a day; an hour later where that midnight is skipped. */
export function startOfDay(year: number, month: number, day: number, zone: string): number {
  const shownMs = Date.UTC(year, month - 1, day);
  // The offset is that of the moment itself: a guess, and a second one from where the first has led.
  const guessMs = shownMs - offsetMs(shownMs, zone);
  const ms = shownMs - offsetMs(guessMs, zone);
  return localTime(ms, zone).day === localTime(ms + hourMs, zone).day ? ms : ms + hourMs;
}

/** `2026-01-05T10:00:00+01:00` */
export function zonedRfc3339(ms: number, zone: string): string {
  const offset = offsetMs(ms, zone);
  const shown = new Date(ms + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${shown}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `${shown}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const hourMs = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The machines of the cluster run on UTC, so that is what their local time is, too. */
function isUtc(zone: string): boolean {
  return zone === '' || zone === 'UTC' || zone === 'Local';
}

function offsetMs(ms: number, zone: string): number {
  if (isUtc(zone)) return 0;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = parts as Readonly<Record<string, number>>;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/** Throws RangeError for a zone that does not exist. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
