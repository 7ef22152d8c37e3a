/**
 * `metadata.name=web,status.phase!=Running`.
 * Upstream: apimachinery/pkg/fields/selector.go
 */
import { SelectorError } from './selector-error.ts';

export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** All of them must hold; none matches everything. */
export type FieldSelector = readonly FieldRequirement[];

/** Throws SelectorError, worded as upstream. */
export function parseFieldSelector(text: string): FieldSelector {
  const terms = splitTerms(text).filter((term) => term !== '');
  return terms.toSorted().map((term) => parseTerm(term, text));
}

/** The value that the selector asks the field to have, if it asks for one: what an index can be searched for. */
export function exactFieldValue(selector: FieldSelector, field: string): string | undefined {
  return selector.find((requirement) => requirement.operator === '=' && requirement.field === field)?.value;
}

/** `valueOf` answers with the empty string for fields that the object has not. */
export function matchesFieldSelector(selector: FieldSelector, valueOf: (field: string) => string): boolean {
  return selector.every(({ field, operator, value }) => (valueOf(field) === value) === (operator === '='));
}

export function formatFieldSelector(selector: FieldSelector): string {
  return selector
    .map(
      ({ field, operator, value }) => `${field}${operator}${value.replace(/[\\,=]/g, (character) => `\\${character}`)}`,
    )
    .join(',');
}

/** At each comma that no backslash takes the meaning from. */
function splitTerms(text: string): readonly string[] {
  return text === '' ? [] : [...text.matchAll(/(?:^|,)((?:\\[\s\S]?|[^,\\])*)/g)].map((match) => match[1]!);
}

function parseTerm(term: string, selector: string): FieldRequirement {
  const match = /^([\s\S]*?)(!=|==|=)([\s\S]*)$/.exec(term);
  if (!match) throw new SelectorError(`invalid selector: '${selector}'; can't understand '${term}'`);
  const [, field = '', operator, value = ''] = match;
  return { field, operator: operator === '!=' ? '!=' : '=', value: unescape(value) };
}

function unescape(value: string): string {
  return value.replace(/\\([\s\S]?)|[,=]/gu, (match, escaped: string | undefined) => {
    if (escaped === '\\' || escaped === ',' || escaped === '=') return escaped;
    throw new SelectorError(
      escaped === undefined
        ? `invalid field selector: unescaped character in value: ${match.codePointAt(0)}`
        : `invalid field selector: invalid escape sequence: ${match}`,
    );
  });
}
