import { posixClasses } from '../posix-classes.ts';
import { UsageError } from './options.ts';

/** Compiles a POSIX regular expression, basic or extended, with GNU's additions (`\w`, `\<`, `\+` in basic ones). */
export function compileRegex(source: string, kind: 'basic' | 'extended', flags = ''): RegExp {
  try {
    return new RegExp(translateRegex(source, kind), flags);
  } catch {
    throw new UsageError(problemOf(source, kind), 2, false);
  }
}

function problemOf(source: string, kind: 'basic' | 'extended'): string {
  const body = source.replace(/\\./g, '').replace(/\[\]?[^\]]*\]/g, '');
  if (body.endsWith('[')) return 'Invalid regular expression';
  if (body.includes('[')) return 'Unmatched [, [^, [:, [., or [=';
  if (kind === 'extended' && body.split('(').length > body.split(')').length) return 'Unmatched ( or \\(';
  if (kind === 'basic' && /\\\(/.test(source) && !/\\\)/.test(source)) return 'Unmatched ( or \\(';
  return 'Invalid regular expression';
}

/** The same expression in the host's notation. */
export function translateRegex(source: string, kind: 'basic' | 'extended'): string {
  let result = '';
  // In a basic expression a star at the start, of the whole or of a group, is a star.
  let isAtStart = true;
  for (let index = 0; index < source.length; index++) {
    const letter = source[index]!;
    if (letter === '[') {
      const bracket = bracketAt(source, index);
      if (!bracket) return `${result}[`;
      result += bracket.text;
      index = bracket.end - 1;
      isAtStart = false;
    } else if (letter === '\\') {
      const next = source[++index];
      if (next === undefined) throw new SyntaxError('Trailing backslash');
      result += escaped(next, kind);
      isAtStart = kind === 'basic' && (next === '(' || next === '|');
    } else if (kind === 'basic') {
      result += basicLetter(letter, isAtStart, source, index);
      isAtStart = letter === '^' && isAtStart;
    } else {
      if (letter === '{' && !/^\{\d*(?:,\d*)?\}/.test(source.slice(index))) result += '\\{';
      else if (letter === '*' && isAtStart) result += '\\*';
      else result += letter === '/' ? '\\/' : letter === '{' && source[index + 1] === ',' ? '{0' : letter;
      isAtStart = letter === '(' || letter === '|' || (letter === '^' && isAtStart);
    }
  }
  return result;
}

function basicLetter(letter: string, isAtStart: boolean, source: string, index: number): string {
  if ('+?{}|()'.includes(letter)) return `\\${letter}`;
  if (letter === '*' && isAtStart) return '\\*';
  if (letter === '^' && !isAtStart) return '\\^';
  const isAtEnd =
    index === source.length - 1 || source.startsWith('\\)', index + 1) || source.startsWith('\\|', index + 1);
  if (letter === '$' && !isAtEnd) return '\\$';
  return letter;
}

function escaped(letter: string, kind: 'basic' | 'extended'): string {
  if (letter === '<') return '\\b(?=\\w)';
  if (letter === '>') return '\\b(?<=\\w)';
  if (letter === '`') return '(?<![\\s\\S])';
  if (letter === "'") return '(?![\\s\\S])';
  if (kind === 'basic' && '+?{}|()'.includes(letter)) return letter;
  if (/[wWsSbBnt1-9]/.test(letter)) return `\\${letter}`;
  return /[A-Za-z0-9 "'#%&,:;<=>@`~_!-]/.test(letter) ? letter : `\\${letter}`;
}

function bracketAt(source: string, open: number): { text: string; end: number } | undefined {
  let index = open + 1;
  let text = '[';
  if (source[index] === '^') {
    text += '^';
    index++;
  }
  for (let isFirst = true; index < source.length; isFirst = false) {
    const letter = source[index]!;
    if (letter === ']' && !isFirst) return { text: `${text}]`, end: index + 1 };
    const named = /^\[:(\w+):\]/.exec(source.slice(index));
    if (named) {
      text += posixClasses[named[1]!] ?? '';
      index += named[0].length;
      continue;
    }
    // Within brackets a backslash is a backslash, but for what GNU tools take as \n and \t.
    if (letter === '\\' && /[nt]/.test(source[index + 1] ?? '')) {
      text += `\\${source[index + 1]}`;
      index += 2;
      continue;
    }
    text += /[\\[\]^]/.test(letter) ? `\\${letter}` : letter;
    index++;
  }
  return undefined;
}
