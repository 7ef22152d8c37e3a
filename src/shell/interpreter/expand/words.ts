import { parse, type ParameterExpansionPart, type Word, type WordPart, type HereDocBody } from 'unbash';
import { ShellError } from '../control-flow.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { expandBraces } from './braces.ts';
import { FieldBuilder, type Field } from './fields.ts';
import { globPaths } from './glob.ts';
import { changeCase, removeMatch, replaceMatch, transform } from './operations.ts';
import { bracedParameter, keysOf, lengthOf, namesWith, plainParameter, type ParameterValue } from './parameter.ts';
import { isPattern } from './pattern.ts';
import { arithmetic } from './shell-arithmetic.ts';
import { expandTilde } from './tilde.ts';
import { describeVariable } from './transform-variable.ts';

/** Words of a command line become its arguments: braces, tilde, expansions, splitting, file names. */
export function* expandArguments(shell: Shell, words: readonly Word[]): Steps<string[]> {
  const found: string[] = [];
  for (const word of words) {
    for (const each of bracesOf(shell, word)) {
      const builder = new FieldBuilder(separatorsOf(shell), true);
      yield* addWord(shell, each, builder, false);
      for (const field of builder.finish()) found.push(...fileNames(shell, field));
    }
  }
  return found;
}

/** One word without splitting or file names: the right side of an assignment, a here-string. */
export function* expandWord(shell: Shell, word: Word, isAssignment = false): Steps<string> {
  return (yield* expandWhole(shell, word, isAssignment)).text;
}

/** One word as a pattern, in which what is quoted stands for itself. */
export function* expandPattern(shell: Shell, word: Word): Steps<string> {
  return (yield* expandWhole(shell, word, false)).pattern;
}

function* expandWhole(shell: Shell, word: Word, isAssignment: boolean): Steps<Field> {
  const builder = new FieldBuilder(separatorsOf(shell), false);
  yield* addWord(shell, word, builder, isAssignment);
  return builder.finish()[0] ?? { text: '', pattern: '' };
}

/** The body of a here-document, or any text, expanded as between double quotes. */
export function* expandHereDocument(shell: Shell, body: HereDocBody): Steps<string> {
  if (!body.parts) return unescapeQuoted(body.text, false);
  return yield* expandQuotedParts(shell, body.parts);
}

/** Text that is not parsed yet, such as an arithmetic expression or PS4, expanded as between double quotes. */
export function* expandQuotedText(shell: Shell, text: string): Steps<string> {
  if (!/[$`\\]/.test(text)) return text;
  // The parser wants a newline behind the text; it is not part of it.
  return (yield* expandHereDocument(shell, hereDocumentOf(text))).replace(/\n$/, '');
}

const hereDocuments = new Map<string, HereDocBody>();

function hereDocumentOf(text: string): HereDocBody {
  const known = hereDocuments.get(text);
  if (known) return known;
  const delimiter = 'END-OF-TEXT';
  const statement = parse(`: <<${delimiter}\n${text}\n${delimiter}\n`).commands[0];
  const redirect = statement?.command.type === 'Command' ? statement.command.redirects[0] : undefined;
  if (redirect?.type !== 'HereDoc') throw new ShellError(`${text}: bad substitution`);
  if (hereDocuments.size > 1000) hereDocuments.clear();
  hereDocuments.set(text, redirect.body);
  return redirect.body;
}

function* expandQuotedParts(shell: Shell, parts: readonly WordPart[]): Steps<string> {
  const builder = new FieldBuilder(separatorsOf(shell), false);
  for (const part of parts) yield* addPart(shell, part, builder, true);
  return builder.finish()[0]?.text ?? '';
}

function separatorsOf(shell: Shell): string {
  return shell.variables.get('IFS') ?? ' \t\n';
}

const braceWords = new WeakMap<Word, readonly Word[]>();

/** The words that one with braces stands for. */
function bracesOf(shell: Shell, word: Word): readonly Word[] {
  if (!word.text.includes('{') || shell.personality.id === 'dash') return [word];
  const known = braceWords.get(word);
  if (known) return known;
  const texts = expandBraces(word.text);
  const words = texts.length === 1 && texts[0] === word.text ? [word] : texts.map(parseWord);
  braceWords.set(word, words);
  return words;
}

/** The tree of one word that stands alone. */
export function parseWord(text: string): Word {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === 'Command' ? command.suffix[0] : undefined;
  if (word?.type === 'Word') return word;
  return { type: 'Word', text, value: text, pos: 0, end: text.length };
}

function fileNames(shell: Shell, { text, pattern }: Field): readonly string[] {
  if (shell.options.noglob || !isPattern(pattern)) return [text];
  const { shopt } = shell.options;
  const found = globPaths(shell.machine.files, shell.cwd, pattern, {
    matchesDots: shopt.has('dotglob'),
    ignoresCase: shopt.has('nocaseglob'),
    isDeep: shopt.has('globstar'),
  });
  if (found.length > 0) return found;
  if (shopt.has('failglob')) throw new ShellError(`no match: ${text}`, { isFatal: false });
  return shopt.has('nullglob') ? [] : [text];
}

function* addWord(shell: Shell, word: Word, builder: FieldBuilder, isAssignment: boolean): Steps<void> {
  const parts = word.parts;
  const first = parts ? parts[0]! : undefined;
  let start = 0;
  const leading = !parts ? word.text : first!.type === 'Literal' ? first!.text : '';
  if (leading.startsWith('~') || (isAssignment && leading.includes('~'))) {
    const isWhole = !parts || parts.length === 1;
    addWithTilde(shell, leading, builder, isAssignment, isWhole);
    if (!parts) return;
    start = 1;
  } else if (!parts) {
    return addSourceText(word.text, builder);
  }
  for (const part of parts.slice(start)) yield* addPart(shell, part, builder, false, isAssignment);
}

/** A literal that may hold `~`: at its start and, in an assignment, behind each colon. */
function addWithTilde(
  shell: Shell,
  text: string,
  builder: FieldBuilder,
  isAssignment: boolean,
  isWhole: boolean,
): void {
  const pieces = isAssignment ? text.split(/(?<=:)/) : [text];
  pieces.forEach((piece, index) => {
    const prefix = /^~[\w.+-]*/.exec(piece)?.[0];
    const rest = prefix === undefined ? piece : piece.slice(prefix.length);
    const ends = rest.startsWith('/') || (isAssignment && rest.startsWith(':'));
    const isAlone = rest === '' && (isWhole || index < pieces.length - 1);
    const home = prefix !== undefined && (ends || isAlone) ? expandTilde(shell, prefix) : undefined;
    if (home === undefined) return addSourceText(piece, builder);
    builder.addQuoted(home);
    addSourceText(rest, builder);
  });
}

/** Source text outside of quotes: a backslash quotes what follows. */
function addSourceText(text: string, builder: FieldBuilder): void {
  if (!text.includes('\\')) return builder.addLiteral(text);
  for (const [, escaped, plain] of text.matchAll(/\\([\s\S]?)|([^\\]+)/g)) {
    if (plain !== undefined) builder.addLiteral(plain);
    else if (escaped === '') builder.addQuoted('\\');
    else if (escaped !== '\n') builder.addQuoted(escaped!);
  }
}

function unescapeQuoted(text: string, inQuotes: boolean): string {
  return text.replace(inQuotes ? /\\([\\$`"\n])/g : /\\([\\$`\n])/g, (_, letter: string) =>
    letter === '\n' ? '' : letter,
  );
}

function* addPart(
  shell: Shell,
  part: WordPart,
  builder: FieldBuilder,
  isQuoted: boolean,
  isAssignment = false,
): Steps<void> {
  switch (part.type) {
    case 'Literal':
      if (isQuoted) return builder.addQuoted(part.value);
      return isAssignment && part.text.includes(':~')
        ? addWithTilde(shell, part.text, builder, true, false)
        : addSourceText(part.text, builder);
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return builder.addQuoted(part.value);
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return builder.begin();
      for (const child of part.parts) yield* addPart(shell, child, builder, true);
      return;
    case 'SimpleExpansion':
      return addValue(
        demandSet(shell, part.text.slice(1), plainParameter(shell, part.text.slice(1))),
        builder,
        isQuoted,
      );
    case 'ParameterExpansion':
      return yield* addParameter(shell, part, builder, isQuoted);
    case 'CommandExpansion': {
      const output = yield* shell.engine.substitute(shell, part.script, part.text);
      return isQuoted ? builder.addQuoted(output) : builder.addExpanded(output);
    }
    case 'ArithmeticExpansion': {
      const inner = part.text.startsWith('$[') ? part.text.slice(2, -1) : part.text.slice(3, -2);
      const result = String(arithmetic(shell, yield* expandQuotedText(shell, inner)));
      return isQuoted ? builder.addQuoted(result) : builder.addExpanded(result);
    }
    case 'ProcessSubstitution':
      return builder.addQuoted(yield* shell.engine.substituteProcess(shell, part.script, part.operator));
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return yield* addComposite(shell, part, builder);
  }
}

/** Parts that hold parts: what stands between those is source text. */
function* addComposite(
  shell: Shell,
  part: Extract<WordPart, { type: 'Glob' | 'ExtendedGlob' | 'BraceExpansion' }>,
  builder: FieldBuilder,
): Steps<void> {
  let at = part.pos;
  for (const child of part.parts ?? []) {
    builder.addLiteral(part.text.slice(at - part.pos, child.pos - part.pos));
    yield* addPart(shell, child, builder, false);
    at = child.end;
  }
  builder.addLiteral(part.text.slice(at - part.pos));
}

function addValue(value: ParameterValue, builder: FieldBuilder, isQuoted: boolean): void {
  if (value.kind === 'list') return builder.addList(value.items, { isQuoted, isStar: value.isStar });
  if (isQuoted) builder.addQuoted(value.text ?? '');
  else builder.addExpanded(value.text ?? '');
}

function demandSet(shell: Shell, name: string, value: ParameterValue): ParameterValue {
  if (shell.options.nounset && value.kind === 'scalar' && value.text === undefined) {
    const shown = /^\d+$/.test(name) ? `$${name}` : name;
    throw new ShellError(
      `${shell.personality.id === 'bash' ? `${shown}: unbound variable` : `${name}: parameter not set`}`,
      {
        status: shell.personality.id === 'bash' ? 127 : 2,
      },
    );
  }
  return value;
}

function* addParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  builder: FieldBuilder,
  isQuoted: boolean,
): Steps<void> {
  const { operation, parameter: name, prefix } = part;
  if (operation?.type === 'Unknown' || (name === '' && prefix === undefined)) {
    throw new ShellError(
      shell.personality.id === 'bash'
        ? `${part.text}: bad substitution`
        : 'bad substitution'.replace('b', shell.personality.id === 'dash' ? 'B' : 'b'),
    );
  }
  if (prefix === '!' && operation?.type === 'Names') {
    return builder.addList(namesWith(shell, name), { isQuoted, isStar: operation.operator === '*' });
  }
  if (prefix === '!' && !operation && (part.index?.text === '@' || part.index?.text === '*')) {
    return builder.addList(keysOf(shell, name), { isQuoted, isStar: part.index.text === '*' });
  }
  const value = yield* bracedParameter(shell, part, expandWord);
  if (prefix === '#') {
    if (value.kind === 'scalar') demandSet(shell, name, value);
    return addValue({ kind: 'scalar', text: lengthOf(value) }, builder, isQuoted);
  }
  if (!operation)
    return addValue(demandSet(shell, part.index ? `${name}[${part.index.text}]` : name, value), builder, isQuoted);
  if (operation.type === 'Default') return yield* addWithDefault(shell, part, value, builder, isQuoted);
  if (operation.type === 'Names') return addValue(value, builder, isQuoted);
  demandSet(shell, name, value);
  addValue(yield* operate(shell, part, value), builder, isQuoted);
}

function* addWithDefault(
  shell: Shell,
  part: ParameterExpansionPart,
  value: ParameterValue,
  builder: FieldBuilder,
  isQuoted: boolean,
): Steps<void> {
  const operation = part.operation!;
  if (operation.type !== 'Default') return;
  const kind = operation.operator.at(-1)!;
  const minds = operation.operator.startsWith(':');
  const isSet = value.kind === 'list' ? value.items.length > 0 : value.text !== undefined;
  const isEmpty = value.kind === 'list' ? value.items.join('') === '' : value.text === '';
  const isThere = isSet && !(minds && isEmpty);
  if (kind === '+') {
    if (isThere) yield* addOperand(shell, operation.operand, builder, isQuoted);
    else if (isQuoted) builder.begin();
    return;
  }
  if (isThere) return addValue(value, builder, isQuoted);
  if (kind === '-') return yield* addOperand(shell, operation.operand, builder, isQuoted);
  const text = yield* expandOperand(shell, operation.operand, isQuoted);
  if (kind === '?') {
    const said = text !== '' ? text : minds ? 'parameter null or not set' : 'parameter not set';
    throw new ShellError(`${part.parameter}: ${said}`, { status: shell.personality.id === 'bash' ? 127 : 2 });
  }
  if (!/^[A-Za-z_]\w*$/.test(part.parameter)) {
    throw new ShellError(`$${part.parameter}: cannot assign in this way`);
  }
  shell.variables.set(part.parameter, text);
  if (isQuoted) builder.addQuoted(text);
  else builder.addExpanded(text);
}

/** The word behind `:-`: its literal text is split like an expansion's; between double quotes, ' is an ordinary character. */
function* addOperand(shell: Shell, word: Word, builder: FieldBuilder, isQuoted: boolean): Steps<void> {
  if (isQuoted) return builder.addQuoted(yield* expandOperand(shell, word, true));
  if (!word.parts) {
    const isTilde = word.text.startsWith('~');
    if (isTilde) return addWithTilde(shell, word.text, builder, false, true);
  }
  for (const part of word.parts ?? [literal(word.text)]) {
    if (part.type !== 'Literal') yield* addPart(shell, part, builder, false);
    else {
      for (const [, escaped, plain] of part.text.matchAll(/\\([\s\S])|([^\\]+)/g)) {
        if (plain !== undefined) builder.addExpanded(plain);
        else builder.addQuoted(escaped!);
      }
    }
  }
}

function* expandOperand(shell: Shell, word: Word, isQuoted: boolean): Steps<string> {
  if (!isQuoted) return yield* expandWord(shell, word);
  if (!word.parts) return unescapeQuoted(word.text, true);
  const builder = new FieldBuilder(separatorsOf(shell), false);
  for (const part of word.parts) {
    if (part.type === 'SingleQuoted') builder.addQuoted(part.text);
    else if (part.type === 'Literal') builder.addQuoted(unescapeQuoted(part.text, true));
    else yield* addPart(shell, part, builder, true);
  }
  return builder.finish()[0]?.text ?? '';
}

function literal(text: string): WordPart {
  return { type: 'Literal', pos: 0, end: text.length, value: text, text };
}

/** Applies `#`, `/`, `:`, `^` or `@` to each item of the value. */
function* operate(shell: Shell, part: ParameterExpansionPart, value: ParameterValue): Steps<ParameterValue> {
  const operation = part.operation!;
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandPattern(shell, operation.operand);
      return each(value, (text) => removeMatch(text, operation.operator, pattern));
    }
    case 'Replace': {
      const pattern = yield* expandPattern(shell, operation.pattern);
      const replacement = yield* expandPattern(shell, operation.replacement);
      return each(value, (text) =>
        replaceMatch(text, operation.operator, pattern, (match) => withMatch(replacement, match)),
      );
    }
    case 'CaseModification': {
      const pattern = operation.operand ? yield* expandPattern(shell, operation.operand) : '';
      return each(value, (text) => changeCase(text, operation.operator, pattern));
    }
    case 'Slice': {
      const offset = yield* numberOf(shell, operation.offset);
      const length = operation.length && (yield* numberOf(shell, operation.length));
      return slice(shell, part, value, offset, length);
    }
    case 'Transform':
      if ('aA'.includes(operation.operand.text)) {
        return { kind: 'scalar', text: describeVariable(shell, part.parameter, operation.operand.text) };
      }
      if (operation.operand.text === 'P') {
        return each(value, (text) => text);
      }
      return each(value, (text) => {
        const result = transform(text, operation.operand.text);
        if (result === undefined) throw new ShellError(`${part.text}: bad substitution`);
        return result;
      });
    default:
      throw new ShellError(`${part.text}: bad substitution`);
  }
}

/** An unquoted `&` in a replacement stands for what matched only with `patsub_replacement`, which bash 5.2 sets. */
function withMatch(replacement: string, match: string): string {
  return replacement.replace(/\\([\s\S])|&/g, (whole, escaped: string | undefined) =>
    whole === '&' ? match : escaped!,
  );
}

function each(value: ParameterValue, change: (text: string) => string): ParameterValue {
  if (value.kind === 'list') return { ...value, items: value.items.map(change) };
  return { kind: 'scalar', text: value.text === undefined ? undefined : change(value.text) };
}

function* numberOf(shell: Shell, word: Word): Steps<number> {
  return Number(arithmetic(shell, yield* expandQuotedText(shell, word.text)));
}

function slice(
  shell: Shell,
  part: ParameterExpansionPart,
  value: ParameterValue,
  offset: number,
  length: number | undefined,
): ParameterValue {
  if (value.kind === 'list') {
    const isPositional = part.parameter === '@' || part.parameter === '*';
    // ${@:0} counts from $0.
    const items = isPositional ? [shell.name, ...shell.positional] : value.items;
    const from = offset < 0 ? items.length + offset : offset;
    if (length !== undefined && length < 0) {
      throw new ShellError(`${length}: substring expression < 0`, { isFatal: false });
    }
    if (from < 0) return { ...value, items: [] };
    return { ...value, items: items.slice(from, length === undefined ? undefined : from + length) };
  }
  const letters = [...(value.text ?? '')];
  const from = offset < 0 ? letters.length + offset : offset;
  if (from < 0 || from > letters.length) return { kind: 'scalar', text: '' };
  const end = length === undefined ? letters.length : length < 0 ? letters.length + length : from + length;
  if (end < from) throw new ShellError(`${length}: substring expression < 0`, { isFatal: false });
  return { kind: 'scalar', text: letters.slice(from, end).join('') };
}
