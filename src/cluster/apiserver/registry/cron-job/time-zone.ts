import { invalid, type FieldError } from '../../../../api/index.ts';
import { zoneProblem } from '../../../cron/time-zone.ts';

const zonePart = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** Upstream: validateTimeZone in pkg/apis/batch/validation/validation.go */
export function validateTimeZone(errors: FieldError[], zone: string | undefined, path: string): void {
  if (zone === undefined) return;
  if (!zone) {
    errors.push(invalid(path, zone, 'timeZone must be nil or non-empty string'));
    return;
  }
  const isPart = (part: string): boolean =>
    part !== '.' && part !== '..' && !part.startsWith('-') && zonePart.test(part);
  if (!zone.split('/').every(isPart)) {
    errors.push(invalid(path, zone, `unknown time zone ${zone}`));
    return;
  }
  if (zone.toLowerCase() === 'local') {
    const detail = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    errors.push(invalid(path, zone, detail));
    // Only this spelling is known as a zone of its own.
    if (zone === 'Local') return;
  }
  const problem = zoneProblem(zone);
  if (problem) errors.push(invalid(path, zone, problem));
}
