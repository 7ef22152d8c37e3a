import { goQuote, parseGoDuration } from '../../api/index.ts';
import { parseCsvRecord } from '../go/csv.ts';
import { parseBool, parseInteger } from '../go/parse-number.ts';

/** The kinds of value that a flag can hold, named as pflag names them. */
export type FlagType =
  | 'bool'
  | 'count'
  | 'duration'
  | 'int'
  | 'int32'
  | 'int64'
  | 'string'
  | 'stringArray'
  | 'stringSlice'
  | 'stringToString'
  | 'tristate';

export type FlagValue = boolean | number | string | readonly string[] | ReadonlyMap<string, string>;

export interface FlagOptions {
  /** The letter after a single dash. */
  readonly short?: string;
  /** What the flag means when it is given without a value; booleans need not say. */
  readonly withoutValue?: string;
  readonly isHidden?: boolean;
  /** Said after "Flag --x has been deprecated, ". */
  readonly deprecated?: string;
  /** Shown in help in place of the default's own text. */
  readonly shownDefault?: string;
  readonly isRequired?: boolean;
}

/** One flag of a command line and what it was set to. */
export interface Flag {
  readonly name: string;
  readonly type: FlagType;
  readonly usage: string;
  readonly options: FlagOptions;
  readonly initial: FlagValue;
  value: FlagValue;
  isChanged: boolean;
}

/** Takes in one more value. Gives back what is wrong with it, if anything. Upstream: github.com/spf13/pflag */
export function setFlag(flag: Flag, text: string): string | undefined {
  const read = parseValue(flag, text);
  if (read.problem !== undefined) return read.problem;
  flag.value = read.value!;
  flag.isChanged = true;
  return undefined;
}

interface Read {
  readonly value?: FlagValue;
  readonly problem?: string;
}

function parseValue(flag: Flag, text: string): Read {
  switch (flag.type) {
    case 'bool': {
      const value = parseBool(text);
      return value === undefined
        ? { problem: `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax` }
        : { value };
    }
    case 'tristate':
    case 'string':
      return { value: text };
    case 'count': {
      if (text === '+1') return { value: (flag.value as number) + 1 };
      return asNumber(parseInteger(text, 64));
    }
    case 'int':
    case 'int64':
      return asNumber(parseInteger(text, 64));
    case 'int32':
      return asNumber(parseInteger(text, 32));
    case 'duration': {
      return orProblem(() => ({ value: parseGoDuration(text) }));
    }
    case 'stringArray':
      return { value: appended(flag, [text]) };
    case 'stringSlice':
      return fromCsv(text, (fields) => ({ value: appended(flag, fields) }));
    case 'stringToString':
      return fromCsv(text, (fields) => {
        const pairs = new Map(flag.isChanged ? (flag.value as ReadonlyMap<string, string>) : []);
        for (const field of fields) {
          const equals = field.indexOf('=');
          if (equals < 0) return { problem: `${field} must be formatted as key=value` };
          pairs.set(field.slice(0, equals), field.slice(equals + 1));
        }
        return { value: pairs };
      });
  }
}

function asNumber(parsed: number | string): Read {
  return typeof parsed === 'number' ? { value: parsed } : { problem: parsed };
}

function appended(flag: Flag, more: readonly string[]): readonly string[] {
  return flag.isChanged ? [...(flag.value as readonly string[]), ...more] : more;
}

function fromCsv(text: string, take: (fields: string[]) => Read): Read {
  return orProblem(() => take(parseCsvRecord(text)));
}

function orProblem(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
