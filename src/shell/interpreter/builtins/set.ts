import { ShellError } from '../control-flow.ts';
import { arithmetic, indexIn } from '../expand/shell-arithmetic.ts';
import { optionLetters, optionNames, shoptNames, type OptionName } from '../state/options.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { plain } from './declare.ts';

export function* set(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  if (words.length === 0) {
    for (const name of shell.variables.names()) yield* shell.print(plain(name, shell.variables.find(name)!));
    return 0;
  }
  while (words.length > 0) {
    const word = words[0]!;
    if (word === '--' || word === '-') {
      words.shift();
      if (word === '-') {
        shell.options.xtrace = false;
        shell.options.verbose = false;
        if (words.length === 0) return 0;
      }
      shell.positional = words;
      return 0;
    }
    const match = /^([-+])(.+)$/.exec(word);
    if (!match) break;
    words.shift();
    const isOn = match[1] === '-';
    for (const letter of match[2]!) {
      if (letter === 'o') {
        const name = words.shift();
        if (name === undefined) {
          yield* showOptions(shell, isOn);
          continue;
        }
        if (!setNamed(shell, name, isOn)) {
          yield* shell.complain(badOption(shell, name), shell.personality.id === 'bash' ? 'set' : 'set');
          if (shell.personality.id !== 'bash') throw new ShellError('', { status: 2 });
          return 2;
        }
        continue;
      }
      const name = optionLetters[letter];
      if (name) shell.options[name] = isOn;
      else if (!'bhkptBHP'.includes(letter)) {
        const shown =
          shell.personality.id === 'bash'
            ? `${match[1]}${letter}: invalid option`
            : `${shell.personality.id === 'dash' ? 'Illegal' : 'illegal'} option ${match[1]}${letter}`;
        yield* shell.complain(shown, 'set');
        if (shell.personality.id === 'bash') {
          yield* shell.complainBare('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n');
        } else throw new ShellError('', { status: 2 });
        return 2;
      }
    }
  }
  if (words.length > 0) shell.positional = words;
  return 0;
}

function badOption(shell: Shell, name: string): string {
  if (shell.personality.id === 'bash') return `${name}: invalid option name`;
  return `${shell.personality.id === 'dash' ? 'Illegal' : 'illegal'} option -o ${name}`;
}

/** Options that are accepted and change nothing here. */
const ignoredOptions = new Set([
  'braceexpand',
  'emacs',
  'hashall',
  'histexpand',
  'history',
  'interactive-comments',
  'vi',
  'nolog',
  'notify',
  'ignoreeof',
]);

function setNamed(shell: Shell, name: string, isOn: boolean): boolean {
  if (ignoredOptions.has(name)) return true;
  if (!optionNames.includes(name as OptionName)) return false;
  // dash got pipefail only later; Debian 12's does not have it.
  if (name === 'pipefail' && shell.personality.id === 'dash') return false;
  shell.options[name as OptionName] = isOn;
  return true;
}

function* showOptions(shell: Shell, isReadable: boolean): Steps<void> {
  for (const name of optionNames) {
    const isOn = shell.options[name];
    yield* shell.print(
      isReadable ? `${name.padEnd(15)}\t${isOn ? 'on' : 'off'}\n` : `set ${isOn ? '-' : '+'}o ${name}\n`,
    );
  }
}

export function* shift(shell: Shell, [, count = '1']: readonly string[]): Steps<number> {
  if (!/^-?\d+$/.test(count)) throw new ShellError(`${count}: numeric argument required`, { isFatal: false });
  const amount = Number(count);
  if (amount < 0) throw new ShellError(`${count}: shift count out of range`, { isFatal: false });
  if (amount > shell.positional.length) {
    if (shell.personality.id === 'dash') throw new ShellError("shift: can't shift that many", { status: 2 });
    return 1;
  }
  shell.positional = shell.positional.slice(amount);
  return 0;
}

export function* unset(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  let onlyFunctions = false;
  let onlyVariables = false;
  while (/^-[fvn]+$/.test(words[0] ?? '')) {
    const option = words.shift()!;
    onlyFunctions = option.includes('f');
    onlyVariables = option.includes('v') || option.includes('n');
  }
  let status = 0;
  for (const word of words) {
    if (
      !/^[A-Za-z_]\w*(?:\[[\s\S]*\])?$/.test(word) &&
      (onlyVariables || shell.personality.id !== 'bash' || !shell.functions.has(word))
    ) {
      const shown =
        shell.personality.id === 'bash' ? `\`${word}': not a valid identifier` : `${word}: bad variable name`;
      if (onlyFunctions) continue;
      yield* shell.complain(shown, 'unset');
      status = shell.personality.id === 'dash' ? 2 : 1;
      continue;
    }
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(word);
    if (element && !onlyFunctions) unsetElement(shell, element[1]!, element[2]!);
    else if (onlyFunctions || (!onlyVariables && !shell.variables.findDirect(word) && shell.functions.has(word))) {
      shell.functions.delete(word);
    } else if (!shell.variables.unset(word)) {
      yield* shell.complain(
        shell.personality.id === 'bash' ? `${word}: cannot unset: readonly variable` : `${word}: is read only`,
        'unset',
      );
      status = 1;
    }
  }
  return status;
}

function unsetElement(shell: Shell, name: string, subscript: string): void {
  const value = shell.variables.find(name)?.value;
  if (value?.kind === 'associative') value.items.delete(subscript.replace(/^(['"])(.*)\1$/s, '$2'));
  else if (value?.kind === 'indexed') {
    if (subscript === '@' || subscript === '*') value.items.clear();
    else value.items.delete(indexIn(shell, name, arithmetic(shell, subscript)));
  }
}

export function* shopt(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const flags = words.filter((word) => /^-[supoq]+$/.test(word)).join('');
  const names = words.filter((word) => !/^-[supoq]+$/.test(word));
  let status = 0;
  for (const name of names.length > 0 ? names : shoptNames) {
    if (!shoptNames.includes(name)) {
      yield* shell.complain(`${name}: invalid shell option name`, 'shopt');
      status = 1;
    } else if (flags.includes('s')) shell.options.shopt.add(name);
    else if (flags.includes('u')) shell.options.shopt.delete(name);
    else {
      const isOn = shell.options.shopt.has(name);
      if (!isOn && names.length > 0) status = 1;
      if (!flags.includes('q'))
        yield* shell.print(
          flags.includes('p')
            ? `shopt ${isOn ? '-s' : '-u'} ${name}\n`
            : `${name.padEnd(15)}\t${isOn ? 'on' : 'off'}\n`,
        );
    }
  }
  return status;
}
