import type { ArithmeticExpression, ArithmeticFor, CompoundList, For, Select, While, Word } from 'unbash';
import { BreakLoop, ContinueLoop, ShellError } from '../control-flow.ts';
import { arithmetic } from '../expand/shell-arithmetic.ts';
import { expandArguments, expandQuotedText } from '../expand/words.ts';
import { readLine } from '../builtins/read-line.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { traceLine } from './simple-command.ts';

/** Runs a loop's body once; says whether the loop goes on. */
function* runOnce(shell: Shell, body: CompoundList, result: { status: number }): Steps<boolean> {
  try {
    result.status = yield* shell.engine.runStatements(shell, body.commands);
    return true;
  } catch (thrown) {
    if (thrown instanceof BreakLoop || thrown instanceof ContinueLoop) {
      result.status = 0;
      if (--thrown.levels > 0) throw thrown;
      return thrown instanceof ContinueLoop;
    }
    throw thrown;
  }
}

function* inLoop(shell: Shell, steps: Steps<number>): Steps<number> {
  shell.loopDepth++;
  try {
    return yield* steps;
  } finally {
    shell.loopDepth--;
  }
}

export function* runFor(shell: Shell, { name, wordlist, body }: For): Steps<number> {
  if (!/^[A-Za-z_]\w*$/.test(name.text)) return yield* refuseName(shell, name);
  const items = wordlist ? yield* expandArguments(shell, wordlist) : shell.positional;
  return yield* inLoop(
    shell,
    (function* () {
      const result = { status: 0 };
      for (const item of items) {
        yield* shell.spend();
        shell.variables.set(name.text, item);
        if (shell.options.xtrace)
          yield* traceLine(shell, `for ${name.text} in ${(wordlist ?? []).map((word) => word.text).join(' ')}`);
        if (!(yield* runOnce(shell, body, result))) break;
      }
      return result.status;
    })(),
  );
}

function* refuseName(shell: Shell, { text }: Word): Steps<number> {
  if (shell.personality.id !== 'bash') throw new ShellError('Bad for loop variable', { status: 2 });
  yield* shell.complain(`\`${text}': not a valid identifier`);
  return 1;
}

export function* runWhile(shell: Shell, { kind, clause, body }: While): Steps<number> {
  return yield* inLoop(
    shell,
    (function* () {
      const result = { status: 0 };
      for (;;) {
        yield* shell.spend();
        const test = { status: 0 };
        // `while break; do` leaves the loop as well.
        const goesOn = yield* runClause(shell, clause, test);
        if (!goesOn || (test.status === 0) !== (kind === 'while')) return result.status;
        if (!(yield* runOnce(shell, body, result))) return result.status;
      }
    })(),
  );
}

function* runClause(shell: Shell, clause: CompoundList, test: { status: number }): Steps<boolean> {
  shell.unchecked++;
  try {
    return yield* runOnce(shell, clause, test);
  } finally {
    shell.unchecked--;
  }
}

export function* runArithmeticFor(shell: Shell, node: ArithmeticFor): Steps<number> {
  const evaluate = function* (expression: ArithmeticExpression | undefined): Steps<bigint> {
    if (!expression) return 1n;
    return arithmetic(shell, yield* expandQuotedText(shell, shell.unit!.text.slice(expression.pos, expression.end)));
  };
  return yield* inLoop(
    shell,
    (function* () {
      const result = { status: 0 };
      if (node.initialize) yield* evaluate(node.initialize);
      while ((yield* evaluate(node.test)) !== 0n) {
        yield* shell.spend();
        if (!(yield* runOnce(shell, node.body, result))) break;
        if (node.update) yield* evaluate(node.update);
      }
      return result.status;
    })(),
  );
}

/** `select`: a menu on standard error, answered on standard input. */
export function* runSelect(shell: Shell, { name, wordlist, body }: Select): Steps<number> {
  const items = wordlist ? yield* expandArguments(shell, wordlist) : shell.positional;
  const menu = items.map((item, index) => `${index + 1}) ${item}\n`).join('');
  return yield* inLoop(
    shell,
    (function* () {
      const result = { status: 0 };
      let showsMenu = true;
      for (;;) {
        yield* shell.complainBare(`${showsMenu ? menu : ''}${shell.variables.get('PS3') ?? '#? '}`);
        const line = yield* readLine(shell.descriptor(0), '\n');
        if (!line.isEnded) {
          yield* shell.complainBare('\n');
          return 1;
        }
        showsMenu = line.text === '';
        if (showsMenu) continue;
        shell.variables.set('REPLY', line.text);
        shell.variables.set(name.text, items[Number(line.text) - 1] ?? '');
        if (!(yield* runOnce(shell, body, result))) return result.status;
      }
    })(),
  );
}
