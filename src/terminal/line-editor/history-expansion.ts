export interface HistoryExpansion {
  readonly line: string;
  readonly isChanged: boolean;
  /** What bash says when there is no such event. */
  readonly problem?: string;
}

/**
 * `!!`, `!n`, `!-n`, `!text`, `!?text?`, `!$`, `!^`, `!*`, each but the last ones with `:n`, `:$`, `:^`, `:*`, and `^old^new`.
 * Upstream: readline histexpand.c
 * Differs: the modifiers (`:s`, `:h`, `:p` and so on) are not there.
 */
export function expandHistory(line: string, history: readonly string[]): HistoryExpansion {
  const substitution = /^\^([^^]+)\^([^^]*)\^?$/.exec(line);
  if (substitution) {
    const [, old = '', replacement = ''] = substitution;
    const last = history.at(-1) ?? '';
    if (!last.includes(old)) return { line, isChanged: false, problem: `:s${line}: substitution failed` };
    return { line: last.replace(old, () => replacement), isChanged: true };
  }
  let [expanded, at, isChanged] = ['', 0, false];
  let isInDouble = false;
  while (at < line.length) {
    const letter = line[at]!;
    if (letter === '\\') {
      expanded += line.slice(at, at + 2);
      at += 2;
      continue;
    }
    if (letter === '"') isInDouble = !isInDouble;
    if (letter === "'" && !isInDouble) {
      const end = line.indexOf("'", at + 1);
      const stop = end < 0 ? line.length : end + 1;
      expanded += line.slice(at, stop);
      at = stop;
      continue;
    }
    const reference = letter === '!' ? referenceAt(line, at, isInDouble) : undefined;
    if (!reference) {
      expanded += letter;
      at++;
      continue;
    }
    const found = resolve(reference, history);
    if (found === undefined) return { line, isChanged: false, problem: `${reference.text}: event not found` };
    expanded += found;
    at += reference.text.length;
    isChanged = true;
  }
  return { line: expanded, isChanged };
}

interface Reference {
  readonly text: string;
  readonly event: string;
  readonly word: string | undefined;
}

function referenceAt(line: string, at: number, isInDouble: boolean): Reference | undefined {
  const rest = line.slice(at);
  const short = /^!([$^*])/.exec(rest);
  if (short) return { text: short[0], event: '!', word: short[1] };
  const stop = isInDouble ? '"' : '';
  const match = new RegExp(`^!(!|-?\\d+|\\?[^?\\n]+\\??|[^\\s=(${stop}:;&|<>!$^*]+)(?::(\\d+|[$^*]))?`).exec(rest);
  return match ? { text: match[0], event: match[1]!, word: match[2] } : undefined;
}

function resolve({ event, word }: Reference, history: readonly string[]): string | undefined {
  const line = eventLine(event, history);
  if (line === undefined || word === undefined) return line;
  const words = line.trim().split(/\s+/);
  if (word === '$') return words.at(-1);
  if (word === '^') return words[1];
  if (word === '*') return words.slice(1).join(' ');
  return words[Number(word)];
}

function eventLine(event: string, history: readonly string[]): string | undefined {
  if (event === '!') return history.at(-1);
  if (/^-\d+$/.test(event)) return history.at(Number(event));
  if (/^\d+$/.test(event)) return history[Number(event) - 1];
  if (event.startsWith('?')) {
    const text = event.slice(1).replace(/\?$/, '');
    return history.findLast((line) => line.includes(text));
  }
  return history.findLast((line) => line.startsWith(event));
}
