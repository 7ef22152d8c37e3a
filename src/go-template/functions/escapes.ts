import { sprint } from '../format/default-text.ts';
import { dataOf, valueOf, type MaybeValue } from '../values.ts';
import type { TemplateFunctions } from './template-function.ts';

/** Upstream: text/template/funcs.go */
export const escapes: TemplateFunctions = {
  html: escape(escapeHtml),
  js: escape(escapeScript),
  urlquery: escape(escapeQuery),
};

function escape(act: (text: string) => string): TemplateFunctions[string] {
  return { parameters: ['interface {}'], isVariadic: true, call: (...args) => valueOf(act(textOf(args))) };
}

function textOf(args: readonly MaybeValue[]): string {
  return sprint(args.map((arg) => dataOf(arg) ?? '<no value>'));
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

function escapeHtml(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0"'&<>]/g, (char) => htmlEscapes[char]!);
}

function escapeScript(text: string): string {
  return [...text].map(scriptText).join('');
}

function scriptText(char: string): string {
  if (/['"\\]/.test(char)) return `\\${char}`;
  const code = char.codePointAt(0)!;
  const isPlain = code >= 0x20 && !/[<>&=]/.test(char);
  if (isPlain && (code < 0x80 || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char))) return char;
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As in the query of a URL: a space is a plus. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
