import type { Directive } from './directive.ts';

/** Zeros go between the sign and the digits. */
export function paddedNumber(text: string, directive: Directive): string {
  const { flags, width = 0 } = directive;
  if (!flags.has('0') || flags.has('-') || !/\d/.test(text)) return spaced(text, directive);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

export function padded(text: string, directive: Directive): string {
  const { flags, width = 0 } = directive;
  if (!flags.has('0') || flags.has('-')) return spaced(text, directive);
  return '0'.repeat(Math.max(0, width - [...text].length)) + text;
}

export function spaced(text: string, { flags, width = 0 }: Directive): string {
  const space = ' '.repeat(Math.max(0, width - [...text].length));
  return flags.has('-') ? text + space : space + text;
}
