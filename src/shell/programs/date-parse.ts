const unitMs: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  fortnight: 1_209_600_000,
};

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What `date -d` understands, in UTC: ISO dates, `@seconds`, names of months, and `2 hours ago`. */
export function parseDate(text: string, nowMs: number): number | undefined {
  let rest = text.trim().toLowerCase();
  if (/^@-?\d+(?:\.\d+)?$/.test(rest)) return Number(rest.slice(1)) * 1000;
  let ms = nowMs;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest);
    if (!match) return undefined;
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`.trim();
    return match;
  };
  let hasTime = false;
  const date = take(/(?<!\S)(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[t\s])t?/) ?? take(/(?<!\S)(\d{4})(\d{2})(\d{2})\b/);
  if (date) ms = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
  const named = date
    ? undefined
    : take(
        /\b(?:(\d{1,2})\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{1,2})\b)?,?(?:\s+(\d{4}))?/,
      );
  if (named) {
    const year = Number(named[4] ?? new Date(nowMs).getUTCFullYear());
    ms = Date.UTC(year, monthNames.indexOf(named[2]!), Number(named[1] ?? named[3] ?? 1));
  }
  const time = take(/\b(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(z|utc|gmt|[-+]\d{2}:?\d{2})?/);
  if (time) {
    hasTime = true;
    const day = Math.floor(ms / 86_400_000) * 86_400_000;
    ms =
      day +
      Number(time[1]) * 3_600_000 +
      Number(time[2]) * 60_000 +
      Number(time[3] ?? 0) * 1000 +
      Number(time[4] ?? 0) * 1000;
    const zone = /^([-+])(\d{2}):?(\d{2})$/.exec(time[5] ?? '');
    if (zone) ms -= (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 3_600_000 + Number(zone[3]) * 60_000);
  }
  const word = take(/\b(now|today|midnight|tomorrow|yesterday)\b/);
  if (word) {
    if (word[1] === 'tomorrow') ms += 86_400_000;
    if (word[1] === 'yesterday') ms -= 86_400_000;
    if (word[1] === 'midnight' && !hasTime) ms = Math.floor(ms / 86_400_000) * 86_400_000;
  }
  take(/\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?/);
  take(/\b(?:utc|gmt|z)\b/);
  for (
    let match = take(
      /([-+]?\s*\d+|\b(?:next|last|an?))\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?(\s+ago)?/,
    );
    match;
    match = take(
      /([-+]?\s*\d+|\b(?:next|last|an?))\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?(\s+ago)?/,
    )
  ) {
    const count =
      match[1] === 'last' ? -1 : /^(?:next|an?)$/.test(match[1]!) ? 1 : Number(match[1]!.replace(/\s/g, ''));
    ms = shift(ms, match[3] ? -count : count, match[2]!);
  }
  return rest.trim() === '' ? ms : undefined;
}

function shift(ms: number, count: number, unit: string): number {
  if (unit === 'month' || unit === 'year') {
    const date = new Date(ms);
    date.setUTCMonth(date.getUTCMonth() + count * (unit === 'year' ? 12 : 1));
    return date.getTime();
  }
  return ms + count * unitMs[unit]!;
}
