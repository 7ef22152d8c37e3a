import { print } from 'unbash/printer';
import type { ShellFunction } from '../state/shell.ts';

/** A function as `type` and `declare -f` show it: laid out anew, one command to a line. */
export function functionSource({ name, body, unit }: ShellFunction): string {
  if (body.type !== 'BraceGroup') return `${name} () \n${unit.text.slice(body.pos, body.end)}`;
  const lines = body.body.commands.map((statement) => {
    const text = print({ type: 'Script', pos: 0, end: 0, shebang: undefined, commands: [statement] }).trimEnd();
    return text
      .split('\n')
      .map((line) => `    ${line.replace(/^( {2})+/, (indent) => indent + indent)}`)
      .join('\n');
  });
  return `${name} () \n{ \n${lines.join(';\n')}\n}`;
}
