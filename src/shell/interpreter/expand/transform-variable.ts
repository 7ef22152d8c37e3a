import type { Shell } from '../state/shell.ts';
import { entriesOf, type Variable } from '../state/variable.ts';
import { quoteDouble, quoteSingle } from './quote.ts';

/** The letters of a variable's attributes, as `declare` takes them. */
export function attributeLetters(variable: Variable): string {
  return [
    variable.value?.kind === 'indexed' && 'a',
    variable.value?.kind === 'associative' && 'A',
    variable.isInteger && 'i',
    variable.isReference && 'n',
    variable.isReadonly && 'r',
    variable.letters === 'lower' && 'l',
    variable.letters === 'upper' && 'u',
    variable.isExported && 'x',
  ]
    .filter((letter) => letter !== false)
    .join('');
}

/** `declare -p name` */
export function declaration(name: string, variable: Variable): string {
  const letters = attributeLetters(variable);
  const command = `declare ${letters === '' ? '--' : `-${letters}`} ${name}`;
  if (!variable.value) return command;
  return `${command}=${valueText(variable)}`;
}

function valueText({ value }: Variable): string {
  if (value?.kind === 'scalar') return quoteDouble(value.text);
  const isAssociative = value?.kind === 'associative';
  const items = entriesOf(value).map(
    ([key, text]) => `[${isAssociative && !/^[\w./:-]+$/.test(key) ? quoteDouble(key) : key}]=${quoteDouble(text)}`,
  );
  return `(${items.join(' ')}${isAssociative && items.length > 0 ? ' ' : ''})`;
}

/** `${x@a}` and `${x@A}` */
export function describeVariable(shell: Shell, name: string, operator: string): string {
  const variable = shell.variables.find(name);
  if (!variable) return '';
  if (operator === 'a') return attributeLetters(variable);
  if (variable.value?.kind !== 'scalar') return declaration(name, variable);
  const letters = attributeLetters(variable);
  const assignment = `${name}=${quoteSingle(variable.value.text)}`;
  return letters === '' ? assignment : `declare -${letters} ${assignment}`;
}
