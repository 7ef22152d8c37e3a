import { encodeUtf8 } from '../../../kernel/index.ts';
import { formatEcho } from '../../format/echo.ts';
import { formatPrintf } from '../../format/printf.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';

export function* echo(shell: Shell, [, ...words]: readonly string[]): Steps<number> {
  const { id } = shell.personality;
  yield* writeChecked(shell, formatEcho(words, id === 'dash' ? 'xsi' : id));
  return 0;
}

export function* printf(shell: Shell, argv: readonly string[]): Steps<number> {
  let words = argv.slice(1);
  let variable: string | undefined;
  if (words[0] === '-v' && shell.personality.id === 'bash') {
    variable = words[1];
    words = words.slice(2);
  }
  if (words[0] === '--') words = words.slice(1);
  const [format, ...args] = words;
  if (format === undefined) {
    if (shell.personality.id === 'bash')
      yield* shell.complainBare('printf: usage: printf [-v var] format [arguments]\n');
    else yield* shell.complain('usage: printf format [arg ...]', 'printf');
    return 2;
  }
  if (/^-./.test(format) && shell.personality.id === 'bash') {
    yield* shell.complain(`${format.slice(0, 2)}: invalid option`, 'printf');
    yield* shell.complainBare('printf: usage: printf [-v var] format [arguments]\n');
    return 2;
  }
  const { text, problems } = formatPrintf(format, args, shell.nowMs);
  for (const problem of problems) {
    const said =
      shell.personality.id === 'bash' ? problem : problem.replace(/: invalid number$/, ': expected numeric value');
    yield* shell.complain(said, 'printf');
  }
  if (variable !== undefined) {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(variable);
    if (element) yield* shell.engine.runSource(shell, `${element[1]}[${element[2]}]=${quote(text)}`);
    else shell.variables.set(variable, text);
  } else yield* writeChecked(shell, text);
  return problems.length > 0 ? 1 : 0;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function* writeChecked(shell: Shell, text: string): Steps<void> {
  yield* shell.descriptor(1).write(encodeUtf8(text));
}
