/**
 * The text form of a label selector.
 * Upstream: apimachinery/pkg/labels/selector.go Parser
 */
import { goQuote } from '../json.ts';
import { checkQualifiedName } from '../names.ts';
import { sortByKey } from './label-selector.ts';
import { checkedRequirement } from './label-requirement.ts';
import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import { SelectorError } from './selector-error.ts';

interface Token {
  readonly type: 'symbol' | 'word' | 'end';
  readonly text: string;
}

const end: Token = { type: 'end', text: '' };

/** Throws SelectorError, worded as upstream. */
export function parseLabelQuery(text: string): readonly LabelRequirement[] {
  return sortByKey(new LabelQueryParser(tokensOf(text)).parse());
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [piece] of text.matchAll(/[=!(),<>]+|[^=!(),<>\s]+/g)) {
    if (/[=!(),<>]/.test(piece)) tokens.push(...symbolsOf(piece));
    else tokens.push({ type: 'word', text: piece });
  }
  return tokens;
}

function symbolsOf(run: string): readonly Token[] {
  return [...run.matchAll(/==|!=|./g)].map(([text]) => ({ type: 'symbol', text }));
}

class LabelQueryParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): readonly LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.type === 'end') return requirements;
      if (!startsRequirement(token)) {
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const next = this.#take();
      if (next.type === 'end') return requirements;
      if (next.text !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`);
      if (!startsRequirement(this.#peek())) {
        throw new SelectorError(`found '${this.#peek().text}', expected: identifier after ','`);
      }
    }
  }

  #requirement(): LabelRequirement {
    try {
      const isAbsent = this.#peek().text === '!';
      if (isAbsent) this.#take();
      const key = this.#key();
      const next = this.#peek();
      if (isAbsent) return checkedRequirement(key, '!', []);
      if (next.type === 'end' || next.text === ',') return checkedRequirement(key, 'exists', []);
      const operator = this.#operator();
      const values = operator === 'in' || operator === 'notin' ? this.#values() : [this.#exactValue()];
      return checkedRequirement(key, operator, [...new Set(values)].toSorted());
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      throw new SelectorError(`unable to parse requirement: ${error.message}`);
    }
  }

  #key(): string {
    const token = this.#take();
    if (token.type !== 'word') throw new SelectorError(`found '${token.text}', expected: identifier`);
    const problems = checkQualifiedName(token.text);
    if (problems.length > 0) {
      throw new SelectorError(`<nil>: Invalid value: ${goQuote(token.text)}: ${problems.join('; ')}`);
    }
    return token.text;
  }

  #operator(): LabelOperator {
    const { text } = this.#take();
    if (text === '=' || text === '==' || text === '!=' || text === 'in' || text === 'notin') return text;
    if (text === '>') return 'gt';
    if (text === '<') return 'lt';
    throw new SelectorError(`found '${text}', expected: in, notin, =, ==, !=, gt, lt`);
  }

  #values(): readonly string[] {
    const open = this.#take();
    if (open.text !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.text === ')') {
      this.#take();
      return [''];
    }
    if (first.type !== 'word' && first.text !== ',') {
      throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = this.#list();
    if (this.#take().text !== ')') throw new SelectorError(`found '${first.text}', expected: ')'`);
    return values;
  }

  /** Up to the closing parenthesis; `(,a)` and `(a,)` contain the empty value. */
  #list(): readonly string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.#take();
      const next = this.#peek();
      if (token.type === 'word') {
        values.push(token.text);
        if (next.text === ')') return values;
        if (next.text !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.text === ',') {
        if (values.length === 0 || next.text === ')' || next.text === ',') values.push('');
        if (next.text === ')') return values;
      } else {
        throw new SelectorError(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  #exactValue(): string {
    const next = this.#peek();
    if (next.type === 'end' || next.text === ',') return '';
    const token = this.#take();
    if (token.type !== 'word') throw new SelectorError(`found '${token.text}', expected: identifier`);
    return token.text;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? end;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }
}

function startsRequirement(token: Token): boolean {
  return token.type === 'word' || token.text === '!';
}
