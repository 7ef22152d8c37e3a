import type { ArrayValue, Assignment, Word } from 'unbash';
import { ShellError } from '../control-flow.ts';
import { arithmetic, indexIn } from '../expand/shell-arithmetic.ts';
import { expandArguments, expandWord, parseWord } from '../expand/words.ts';
import type { Shell } from '../state/shell.ts';
import { scalarOf, type Variable } from '../state/variable.ts';
import { asIndexed, assignScalar, demandWritable, inCase } from '../state/variables.ts';
import type { Steps } from '../steps.ts';

/** Performs one assignment: `x=1`, `x+=1`, `a[i]=1`, `a=(…)`. `variable` is where it goes. */
export function* assign(shell: Shell, assignment: Assignment, variable: Variable): Steps<void> {
  const { name, value, index } = assignment;
  const isAppending = assignment.append ?? false;
  if (value.type === 'ArrayValue') {
    demandWritable(name, variable);
    return yield* assignArray(shell, name, value, variable, isAppending);
  }
  const text = yield* expandWord(shell, value, true);
  demandWritable(name, variable);
  if (index) return yield* assignElement(shell, name, index, text, variable, isAppending);
  assignText(shell, variable, text, isAppending);
  if (shell.options.allexport) variable.isExported = true;
}

/** Gives a variable a text, as its attributes want it. */
export function assignText(shell: Shell, variable: Variable, text: string, isAppending = false): void {
  const before = isAppending ? (scalarOf(variable.value) ?? '') : '';
  assignScalar(variable, variable.isInteger ? sum(shell, before, text, isAppending) : before + text);
}

function sum(shell: Shell, before: string, text: string, isAppending: boolean): string {
  const value = arithmetic(shell, text);
  return String(isAppending ? arithmetic(shell, before) + value : value);
}

function* assignElement(
  shell: Shell,
  name: string,
  index: Word,
  text: string,
  variable: Variable,
  isAppending: boolean,
): Steps<void> {
  const subscript = yield* expandWord(shell, index);
  setElement(shell, name, variable, subscript, text, isAppending);
}

/** Sets one element; the subscript has been expanded. */
export function setElement(
  shell: Shell,
  name: string,
  variable: Variable,
  subscript: string,
  text: string,
  isAppending = false,
): void {
  const value = (before: string | undefined): string => {
    const prefix = isAppending ? (before ?? '') : '';
    return inCase(variable, variable.isInteger ? sum(shell, prefix, text, isAppending) : prefix + text);
  };
  if (variable.value?.kind === 'associative') {
    variable.value.items.set(subscript, value(variable.value.items.get(subscript)));
    return;
  }
  if (subscript.trim() === '') throw new ShellError(`${name}[${subscript}]: bad array subscript`, { isFatal: false });
  const at = indexIn(shell, name, arithmetic(shell, subscript));
  const items = asIndexed(variable);
  items.set(at, value(items.get(at)));
}

function* assignArray(
  shell: Shell,
  name: string,
  { elements }: ArrayValue,
  variable: Variable,
  isAppending: boolean,
): Steps<void> {
  if (variable.value?.kind === 'associative') {
    // The elements are read before the old ones go: they may refer to them.
    const pairs = yield* associativePairs(shell, elements);
    const items = isAppending ? variable.value.items : new Map<string, string>();
    for (const [key, text] of pairs) items.set(key, text);
    variable.value = { kind: 'associative', items };
    return;
  }
  const items = isAppending ? asIndexed(variable) : new Map<number, string>();
  let next = isAppending ? Math.max(-1, ...items.keys()) + 1 : 0;
  for (const element of elements) {
    const keyed = keyedElement(element);
    if (keyed) {
      const subscript = yield* expandWord(shell, parseWord(keyed.key));
      next = indexIn(shell, name, arithmetic(shell, subscript));
      const text = yield* expandWord(shell, parseWord(keyed.value), true);
      items.set(next, (keyed.isAppending ? (items.get(next) ?? '') : '') + text);
      next++;
      continue;
    }
    for (const text of yield* expandArguments(shell, [element])) items.set(next++, inCase(variable, text));
  }
  variable.value = { kind: 'indexed', items };
}

function* associativePairs(shell: Shell, elements: readonly Word[]): Steps<[string, string][]> {
  const pairs: [string, string][] = [];
  const loose: string[] = [];
  for (const element of elements) {
    const keyed = keyedElement(element);
    if (!keyed) {
      loose.push(...(yield* expandArguments(shell, [element])));
      continue;
    }
    const key = yield* expandWord(shell, parseWord(keyed.key));
    pairs.push([key, yield* expandWord(shell, parseWord(keyed.value), true)]);
  }
  // Without brackets, keys and values take turns.
  for (let index = 0; index < loose.length; index += 2) pairs.push([loose[index]!, loose[index + 1] ?? '']);
  return pairs;
}

/** `[key]=value` within an array. */
function keyedElement({ text }: Word): { key: string; value: string; isAppending: boolean } | undefined {
  if (!text.startsWith('[')) return undefined;
  const match = /^\[((?:"[^"]*"|'[^']*'|\$\{[^}]*\}|\$\([^)]*\)|[^\]])+)\](\+?)=([\s\S]*)$/.exec(text);
  return match ? { key: match[1]!, isAppending: match[2] === '+', value: match[3]! } : undefined;
}
