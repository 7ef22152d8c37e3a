import type { CalendarSchedule, Schedule } from './schedule.ts';
import { localTime, startOfDay } from './time-zone.ts';
import type { LocalTime } from './time-zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const furthestYears = 5;

/**
 * The first time after `afterMs` at which the schedule is due, in milliseconds since 1970; undefined when there is none
 * in the next five years. Hours that the clocks of the zone skip are skipped; those that they repeat come twice.
 * Upstream: github.com/robfig/cron/v3 spec.go and constantdelay.go Next
 */
export function nextTime(schedule: Schedule, afterMs: number, defaultZone: string): number | undefined {
  if ('everyMs' in schedule) return Math.floor((afterMs + schedule.everyMs) / 1000) * 1000;
  const zone = schedule.zone ?? defaultZone;
  let ms = Math.floor(afterMs / minuteMs) * minuteMs + minuteMs;
  const lastYear = localTime(ms, zone).year + furthestYears;
  for (;;) {
    const local = localTime(ms, zone);
    if (local.year > lastYear) return undefined;
    if (!schedule.months.has(local.month)) ms = startOfDay(local.year, local.month + 1, 1, zone);
    else if (!hasDay(schedule, local)) ms = startOfDay(local.year, local.month, local.day + 1, zone);
    else if (!schedule.hours.has(local.hour)) ms += hourMs - local.minute * minuteMs;
    else if (!schedule.minutes.has(local.minute)) ms += minuteMs;
    else return ms;
  }
}

function hasDay({ days, weekdays, needsBothDays }: CalendarSchedule, { day, weekday }: LocalTime): boolean {
  const [ofMonth, ofWeek] = [days.has(day), weekdays.has(weekday)];
  return needsBothDays ? ofMonth && ofWeek : ofMonth || ofWeek;
}
