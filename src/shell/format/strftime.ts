const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const dayMs = 86_400_000;

/** strftime(3) with GNU date's extensions, in UTC: every machine here is set to it. */
export function formatTime(format: string, ms: number): string {
  const date = new Date(ms);
  return format.replace(/%([-_0^#]?)(\d*)(:{0,3}[a-zA-Z+%])/g, (whole, flag: string, width: string, letter: string) => {
    const made = conversion(letter, date);
    if (made === undefined) return whole;
    const { text, digits, filler } = made;
    if (digits === 0) return flag === '^' ? text.toUpperCase() : width ? text.padStart(Number(width)) : text;
    const size = Number(width) || digits;
    if (flag === '-') return text;
    return text.padStart(size, flag === '_' ? ' ' : flag === '0' ? '0' : filler);
  });
}

interface Conversion {
  readonly text: string;
  /** 0: no number. */
  readonly digits: number;
  readonly filler: string;
}

function number(value: number, digits: number, filler = '0'): Conversion {
  return { text: String(value), digits, filler };
}

function words(text: string): Conversion {
  return { text, digits: 0, filler: ' ' };
}

function conversion(letter: string, date: Date): Conversion | undefined {
  const hours = date.getUTCHours();
  switch (letter) {
    case '%':
      return words('%');
    case 'n':
      return words('\n');
    case 't':
      return words('\t');
    case 'Y':
      return number(date.getUTCFullYear(), 1);
    case 'C':
      return number(Math.floor(date.getUTCFullYear() / 100), 2);
    case 'y':
      return number(date.getUTCFullYear() % 100, 2);
    case 'm':
      return number(date.getUTCMonth() + 1, 2);
    case 'd':
      return number(date.getUTCDate(), 2);
    case 'e':
      return number(date.getUTCDate(), 2, ' ');
    case 'H':
      return number(hours, 2);
    case 'k':
      return number(hours, 2, ' ');
    case 'I':
      return number(hours % 12 || 12, 2);
    case 'l':
      return number(hours % 12 || 12, 2, ' ');
    case 'M':
      return number(date.getUTCMinutes(), 2);
    case 'S':
      return number(date.getUTCSeconds(), 2);
    case 'N':
      return number(date.getUTCMilliseconds() * 1_000_000, 9);
    case 's':
      return number(Math.floor(date.getTime() / 1000), 1);
    case 'j':
      return number(dayOfYear(date) + 1, 3);
    case 'u':
      return number(date.getUTCDay() || 7, 1);
    case 'w':
      return number(date.getUTCDay(), 1);
    case 'q':
      return number(Math.floor(date.getUTCMonth() / 3) + 1, 1);
    case 'U':
      return number(Math.floor((dayOfYear(date) + 7 - date.getUTCDay()) / 7), 2);
    case 'W':
      return number(Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() + 6) % 7)) / 7), 2);
    case 'V':
      return number(isoWeek(date).week, 2);
    case 'G':
      return number(isoWeek(date).year, 1);
    default:
      return wordConversion(letter, date);
  }
}

function wordConversion(letter: string, date: Date): Conversion | undefined {
  switch (letter) {
    case 'a':
      return words(days[date.getUTCDay()]!.slice(0, 3));
    case 'A':
      return words(days[date.getUTCDay()]!);
    case 'b':
    case 'h':
      return words(months[date.getUTCMonth()]!.slice(0, 3));
    case 'B':
      return words(months[date.getUTCMonth()]!);
    case 'p':
      return words(date.getUTCHours() < 12 ? 'AM' : 'PM');
    case 'P':
      return words(date.getUTCHours() < 12 ? 'am' : 'pm');
    case 'Z':
      return words('UTC');
    case 'z':
      return words('+0000');
    case ':z':
      return words('+00:00');
    case 'F':
      return words(formatTime('%Y-%m-%d', date.getTime()));
    case 'T':
    case 'X':
      return words(formatTime('%H:%M:%S', date.getTime()));
    case 'R':
      return words(formatTime('%H:%M', date.getTime()));
    case 'r':
      return words(formatTime('%I:%M:%S %p', date.getTime()));
    case 'D':
    case 'x':
      return words(formatTime('%m/%d/%y', date.getTime()));
    case 'c':
      return words(formatTime('%a %b %e %H:%M:%S %Y', date.getTime()));
    default:
      return undefined;
  }
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs);
}

/** ISO 8601: the week belongs to the year in which its Thursday lies. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * dayMs);
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}
