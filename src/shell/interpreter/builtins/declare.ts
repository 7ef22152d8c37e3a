import type { Assignment } from 'unbash';
import { ShellError } from '../control-flow.ts';
import { assign, assignText } from '../execute/assign.ts';
import { functionSource } from '../expand/function-source.ts';
import { quoteDouble, quoteSingle } from '../expand/quote.ts';
import { declaration } from '../expand/transform-variable.ts';
import { parseWord } from '../expand/words.ts';
import type { Shell } from '../state/shell.ts';
import { entriesOf, scalarOf, type Variable } from '../state/variable.ts';
import { asIndexed } from '../state/variables.ts';
import type { Steps } from '../steps.ts';

type Part = string | Assignment;

interface Wanted {
  readonly command: string;
  /** Letters that were given with `-`, and with `+`. */
  readonly on: string;
  readonly off: string;
  readonly operands: readonly Part[];
}

function readOptions(argv: readonly Part[]): Wanted {
  let on = '';
  let off = '';
  let index = 1;
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (typeof word !== 'string') break;
    if (word === '--') {
      index++;
      break;
    }
    const match = /^([-+])([A-Za-z]+)$/.exec(word);
    if (!match) break;
    if (match[1] === '-') on += match[2];
    else off += match[2];
  }
  return { command: argv[0] as string, on, off, operands: argv.slice(index) };
}

export function* declare(shell: Shell, argv: readonly Part[]): Steps<number> {
  const wanted = readOptions(argv);
  const bad = [...(wanted.on + wanted.off)].find((letter) => !'aAfFgiIlnprtux'.includes(letter));
  if (bad !== undefined) {
    yield* shell.complain(`-${bad}: invalid option`, wanted.command);
    yield* shell.complainBare(
      `${wanted.command}: usage: ${wanted.command} [-aAfFgiIlnrtux] [name[=value] ...] or ${wanted.command} -p [-aAfFilnrtux] [name ...]\n`,
    );
    return 2;
  }
  if (/[fF]/.test(wanted.on)) return yield* showFunctions(shell, wanted);
  if (wanted.on.includes('p') || wanted.operands.length === 0) return yield* show(shell, wanted);
  const isLocal = shell.variables.isInFunction && !wanted.on.includes('g');
  return yield* declareEach(shell, wanted, isLocal);
}

export function* local(shell: Shell, argv: readonly Part[]): Steps<number> {
  if (!shell.variables.isInFunction) {
    if (shell.personality.id === 'bash') {
      yield* shell.complain('can only be used in a function', 'local');
      return 1;
    }
    yield* shell.complain('not in a function', 'local');
    throw new ShellError('', { status: 2 });
  }
  return yield* declareEach(shell, readOptions(argv), true);
}

export function* exportVariables(shell: Shell, argv: readonly Part[]): Steps<number> {
  const wanted = readOptions(argv);
  if (wanted.operands.length === 0) return yield* showAttribute(shell, 'x', wanted.command);
  if (wanted.on.includes('n')) return yield* declareEach(shell, { ...wanted, on: '', off: 'x' }, false);
  return yield* declareEach(shell, { ...wanted, on: 'x' }, false);
}

export function* readonly(shell: Shell, argv: readonly Part[]): Steps<number> {
  const wanted = readOptions(argv);
  if (wanted.operands.length === 0) return yield* showAttribute(shell, 'r', wanted.command);
  return yield* declareEach(shell, { ...wanted, on: `${wanted.on}r` }, false);
}

function* declareEach(shell: Shell, wanted: Wanted, isLocal: boolean): Steps<number> {
  let status = 0;
  for (const operand of wanted.operands) {
    const assignment = typeof operand === 'string' ? assignmentOf(operand) : operand;
    const name = assignment?.name ?? (operand as string);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      const shown = typeof operand === 'string' ? operand : operand.text;
      yield* shell.complain(
        shell.personality.id === 'bash' ? `\`${shown}': not a valid identifier` : `${shown}: bad variable name`,
        wanted.command,
      );
      status = shell.personality.id === 'dash' ? 2 : 1;
      continue;
    }
    const variable =
      wanted.on.includes('n') || wanted.off.includes('n')
        ? reachDirect(shell, name, isLocal)
        : isLocal
          ? shell.variables.reachLocal(name)
          : shell.variables.reach(name);
    if (variable.isReadonly && (assignment || wanted.off.includes('r'))) {
      throw new ShellError(`${name}: readonly variable`, { isFatal: false });
    }
    setAttributes(variable, wanted);
    if (assignment) yield* give(shell, assignment, variable);
    if (wanted.on.includes('r')) variable.isReadonly = true;
  }
  return status;
}

function reachDirect(shell: Shell, name: string, isLocal: boolean): Variable {
  if (isLocal) return shell.variables.reachLocal(name);
  return shell.variables.findDirect(name) ?? shell.variables.reach(name);
}

function* give(shell: Shell, assignment: Assignment, variable: Variable): Steps<void> {
  if (
    assignment.value.type === 'Word' &&
    assignment.value.parts === undefined &&
    assignment.value.text === literalMark
  ) {
    assignText(shell, variable, assignment.text, assignment.append);
    return;
  }
  yield* assign(shell, assignment, variable);
}

const literalMark = '\0';

/** `name=value` that came out of an expansion: the value is taken as it is. */
function assignmentOf(text: string): Assignment | undefined {
  const match = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(\+?)=([\s\S]*)$/.exec(text);
  if (!match) return undefined;
  const index = match[2] === undefined ? undefined : parseWord(match[2]);
  const value = { type: 'Word' as const, text: literalMark, value: match[4]!, pos: 0, end: 0 };
  return {
    type: 'Assignment',
    pos: 0,
    end: 0,
    text: match[4]!,
    name: match[1]!,
    value,
    append: match[3] === '+',
    index,
  };
}

function setAttributes(variable: Variable, { on, off }: Wanted): void {
  if (on.includes('A') && variable.value?.kind !== 'associative')
    variable.value = { kind: 'associative', items: new Map() };
  else if (on.includes('a') && variable.value?.kind !== 'indexed') {
    if (variable.value) asIndexed(variable);
    else variable.value = { kind: 'indexed', items: new Map() };
  }
  if (on.includes('x')) variable.isExported = true;
  if (off.includes('x')) variable.isExported = false;
  if (on.includes('i')) variable.isInteger = true;
  if (off.includes('i')) variable.isInteger = false;
  if (on.includes('n')) variable.isReference = true;
  if (off.includes('n')) variable.isReference = false;
  if (on.includes('l')) variable.letters = 'lower';
  if (on.includes('u')) variable.letters = 'upper';
  if (/[lu]/.test(off)) variable.letters = undefined;
}

function* show(shell: Shell, { command, on, operands }: Wanted): Steps<number> {
  if (operands.length === 0) {
    const letters = on.replace('p', '');
    for (const name of shell.variables.names()) {
      const variable = shell.variables.findDirect(name)!;
      const text = declaration(name, variable);
      if ([...letters].every((letter) => text.split(' ')[1]!.includes(letter))) {
        yield* shell.print(on.includes('p') || letters !== '' ? `${text}\n` : plain(name, variable));
      }
    }
    return 0;
  }
  let status = 0;
  for (const operand of operands) {
    const name = typeof operand === 'string' ? operand : operand.name;
    const variable = shell.variables.findDirect(name);
    if (variable) yield* shell.print(`${declaration(name, variable)}\n`);
    else {
      yield* shell.complain(`${name}: not found`, command);
      status = 1;
    }
  }
  return status;
}

/** A variable as `set` lists it. */
export function plain(name: string, { value }: Variable): string {
  if (!value) return '';
  if (value.kind === 'scalar')
    return `${name}=${/^[\w@%+=:,./-]*$/.test(value.text) ? value.text : quoteSingle(value.text)}\n`;
  return `${name}=(${entriesOf(value)
    .map(([key, text]) => `[${key}]=${quoteDouble(text)}`)
    .join(' ')})\n`;
}

function* showAttribute(shell: Shell, letter: 'x' | 'r', command: string): Steps<number> {
  for (const name of shell.variables.names()) {
    const variable = shell.variables.findDirect(name)!;
    if (!(letter === 'x' ? variable.isExported : variable.isReadonly)) continue;
    if (shell.personality.id === 'bash') yield* shell.print(`${declaration(name, variable)}\n`);
    else yield* shell.print(`${command} ${name}=${quoteSingle(scalarOf(variable.value) ?? '')}\n`);
  }
  return 0;
}

function* showFunctions(shell: Shell, { on, operands }: Wanted): Steps<number> {
  const names = operands.length > 0 ? operands.map(String) : [...shell.functions.keys()].sort();
  let status = 0;
  for (const name of names) {
    const found = shell.functions.get(name);
    if (!found) status = 1;
    else if (on.includes('F')) yield* shell.print(operands.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    else yield* shell.print(`${functionSource(found)}\n`);
  }
  return status;
}
