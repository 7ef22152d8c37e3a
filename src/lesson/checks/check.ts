import type { KubeClient } from '../../client/index.ts';

/** What a sentence found out. `wanted` and `found` are shown to the learner beside each other. */
export interface Finding {
  readonly passed: boolean;
  readonly wanted: string;
  readonly found: string;
}

export type Words = Readonly<Record<string, string>>;

/** One form of sentence. Adding a form means adding a file in this folder and naming it in `sentences.ts`. */
export interface CheckForm {
  /** For authors: how the sentence reads. */
  readonly example: string;
  /** With named groups; `pattern` builds it from a template. */
  readonly pattern: RegExp;
  evaluate(words: Words, client: KubeClient): Promise<Finding>;
}

const wordPatterns: Readonly<Record<string, string>> = {
  name: '[a-z0-9][a-z0-9.-]*',
  namespace: '[a-z0-9][a-z0-9-]*',
  number: '\\d+',
  text: '"[^"]*"',
  path: '\\S+',
  url: 'https?://\\S+',
  image: '\\S+',
  condition: '[A-Z]\\w*',
};

/**
 * Builds a pattern from a template: `<name>` stands for a word of that sort, `<other:name>` names the group, and
 * `[…]` may be left out.
 */
export function pattern(template: string): RegExp {
  const source = template
    .replace(/[.*+?^${}()|\\]/g, '\\$&')
    .replace(/\s*\[([^\]]*)\]/g, '(?:\\s*$1)?')
    .replace(/<(?:(\w+):)?(\w+)>/g, (_, group: string | undefined, sort: string) => {
      const words = wordPatterns[sort];
      if (!words) throw new Error(`the check language has no word of the sort <${sort}>`);
      return `(?<${group ?? sort}>${words})`;
    });
  return new RegExp(`^${source.replace(/ /g, '\\s+')}$`);
}

/** The text between the quotes. */
export const unquote = (text: string) => text.slice(1, -1);

/** A finding about something that is not there. */
export function missing(wanted: string, what: string): Finding {
  return { passed: false, wanted, found: `there is no ${what}` };
}

/** Cuts long output so that it fits under a check. */
export function excerpt(text: string, length = 160): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line || '(nothing)';
}
