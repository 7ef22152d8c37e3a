import type { Routine } from '../../../kernel/index.ts';
import { formatPrintf } from '../../format/printf.ts';
import { formatTime } from '../../format/strftime.ts';
import type { AwkRun } from './run.ts';
import { AwkRuntimeError } from './runtime-error.ts';
import { splitText } from './split-text.ts';
import type { Expression, Target } from './syntax.ts';
import { fromInput, toNumber, type Value } from './values.ts';

/** printf and sprintf: numbers go as numbers, everything else as text; missing ones are empty. */
export function formatFor(run: AwkRun, [format, ...values]: readonly Value[]): string {
  const letters = [...run.toText(format).matchAll(/%(?:%|[-+ #0]*(\*|\d+)?(?:\.(\*|\d+))?[hlLqjzt]*([a-zA-Z]))/g)];
  const args: string[] = [];
  let next = 0;
  for (const [whole, width, precision, letter] of letters) {
    if (whole === '%%') continue;
    for (const star of [width, precision]) if (star === '*') args.push(String(Math.trunc(toNumber(values[next++]))));
    const value = values[next++];
    if (letter === 'c')
      args.push(typeof value === 'number' ? String.fromCodePoint(value) : run.toText(value).slice(0, 1));
    else if ('di'.includes(letter!)) args.push(whole64(toNumber(value)));
    else if ('ouxX'.includes(letter!)) args.push(whole64(toNumber(value)));
    else if ('eEfFgGaA'.includes(letter!)) args.push(String(toNumber(value)));
    else args.push(run.toText(value));
  }
  // Escapes were read with the program; what is left of backslashes is text.
  const plain = run.toText(format).replaceAll('\\', '\\\\');
  return formatPrintf(plain.replace(/%i/g, '%d'), args.length > 0 ? args : [], 0).text;
}

function whole64(value: number): string {
  const whole = Math.trunc(value);
  return Number.isFinite(whole) ? BigInt(whole).toString() : '0';
}

export function* callBuiltin(run: AwkRun, name: string, args: readonly Expression[]): Routine<Value> {
  const value = function* (index: number): Routine<Value> {
    return args[index] ? yield* run.evaluate(args[index]) : undefined;
  };
  const text = function* (index: number): Routine<string> {
    return run.toText(yield* value(index));
  };
  const number = function* (index: number): Routine<number> {
    return toNumber(yield* value(index));
  };
  switch (name) {
    case 'length': {
      const [only] = args;
      if (!only) return [...run.record].length;
      if (only.kind === 'variable' && isArray(run, only.name)) return run.array(only.name).size;
      return [...(yield* text(0))].length;
    }
    case 'substr': {
      const letters = [...(yield* text(0))];
      const start = Math.round(yield* number(1));
      const end = args[2] ? start + Math.round(yield* number(2)) : Number.POSITIVE_INFINITY;
      return letters.slice(Math.max(0, start - 1), Math.max(0, Math.min(letters.length, end - 1))).join('');
    }
    case 'index':
      return (yield* text(0)).indexOf(yield* text(1)) + 1;
    case 'split':
      return yield* split(run, args);
    case 'sub':
    case 'gsub':
      return yield* substitute(run, args, name === 'gsub');
    case 'gensub':
      return yield* generalSubstitute(run, args);
    case 'match': {
      const subject = yield* text(0);
      const match = (yield* run.regexOf(args[1]!)).exec(subject);
      run.set('RSTART', match ? match.index + 1 : 0);
      run.set('RLENGTH', match ? match[0].length : -1);
      if (args[2]?.kind === 'variable') {
        const groups = run.array(args[2].name);
        groups.clear();
        match?.forEach((group, index) => groups.set(String(index), fromInput(group ?? '')));
      }
      return match ? match.index + 1 : 0;
    }
    case 'sprintf': {
      const values: Value[] = [];
      for (const arg of args) values.push(yield* run.evaluate(arg));
      return formatFor(run, values);
    }
    case 'tolower':
      return (yield* text(0)).toLowerCase();
    case 'toupper':
      return (yield* text(0)).toUpperCase();
    case 'int':
      return Math.trunc(yield* number(0));
    case 'sqrt':
      return Math.sqrt(yield* number(0));
    case 'exp':
      return Math.exp(yield* number(0));
    case 'log':
      return Math.log(yield* number(0));
    case 'sin':
      return Math.sin(yield* number(0));
    case 'cos':
      return Math.cos(yield* number(0));
    case 'atan2':
      return Math.atan2(yield* number(0), yield* number(1));
    case 'rand':
      return run.random();
    case 'srand': {
      const before = run.seed;
      run.seed = args[0] ? yield* number(0) : Math.floor(run.tool.nowMs / 1000);
      run.reseed(run.seed);
      return before;
    }
    case 'system':
      return yield* run.system(yield* text(0));
    case 'close':
      return yield* run.close(yield* text(0));
    case 'fflush':
      return 0;
    case 'systime':
      return Math.floor(run.tool.nowMs / 1000);
    case 'strftime':
      return formatTime(args[0] ? yield* text(0) : '%c', args[1] ? (yield* number(1)) * 1000 : run.tool.nowMs);
    default:
      throw new AwkRuntimeError(`calling undefined function ${name}`);
  }
}

function isArray(run: AwkRun, name: string): boolean {
  try {
    run.get(name);
    return false;
  } catch (error) {
    if (error instanceof AwkRuntimeError) return true;
    throw error;
  }
}

function* split(run: AwkRun, args: readonly Expression[]): Routine<number> {
  const text = run.toText(yield* run.evaluate(args[0]!));
  const target = args[1];
  if (target?.kind !== 'variable') throw new AwkRuntimeError('split: second argument is not an array');
  const by = args[2];
  const separator = !by ? run.text('FS') : by.kind === 'regex' ? by.source : run.toText(yield* run.evaluate(by));
  // A regular expression of one blank is one blank, not FS's runs of them.
  const parts = by?.kind === 'regex' && separator === ' ' ? text.split(' ') : splitText(text, separator);
  const items = run.array(target.name);
  items.clear();
  parts.forEach((part, index) => items.set(String(index + 1), fromInput(part)));
  return parts.length;
}

function* substitute(run: AwkRun, args: readonly Expression[], isGlobal: boolean): Routine<number> {
  const regex = yield* run.regexOf(args[0]!);
  const replacement = run.toText(yield* run.evaluate(args[1]!));
  const target = (args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } }) as Target;
  const subject = run.toText(yield* run.evaluate(target));
  let count = 0;
  const result = subject.replace(new RegExp(regex.source, isGlobal ? 'g' : ''), (match) => {
    count++;
    return replacement.replace(/\\\\|\\&|&/g, (mark) => (mark === '&' ? match : mark[1]!));
  });
  if (count > 0 && ['variable', 'field', 'element'].includes(target.kind)) yield* run.assign(target, result);
  return count;
}

function* generalSubstitute(run: AwkRun, args: readonly Expression[]): Routine<string> {
  const regex = yield* run.regexOf(args[0]!);
  const replacement = run.toText(yield* run.evaluate(args[1]!));
  const how = run.toText(yield* run.evaluate(args[2]!));
  const subject = args[3] ? run.toText(yield* run.evaluate(args[3])) : run.record;
  const wanted = /^[gG]/.test(how) ? 0 : Math.max(1, Math.trunc(Number(how)) || 1);
  let count = 0;
  return subject.replace(new RegExp(regex.source, 'g'), (...match: unknown[]) => {
    count++;
    if (wanted !== 0 && count !== wanted) return match[0] as string;
    return replacement.replace(/\\(\d)|\\\\|&/g, (mark, digit: string | undefined) =>
      digit !== undefined
        ? ((match[Number(digit)] as string | undefined) ?? '')
        : mark === '&'
          ? (match[0] as string)
          : '\\',
    );
  });
}
