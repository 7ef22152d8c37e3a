import { keysOf, isMap } from '../values.ts';
import { floatText } from './float-text.ts';

/** How Go prints data of itself: `%v`. */
export function defaultText(data: unknown): string {
  if (data === null || data === undefined) return '<nil>';
  if (typeof data === 'number') return floatText(data, 'g');
  if (Array.isArray(data)) return `[${data.map(defaultText).join(' ')}]`;
  if (isMap(data))
    return `map[${keysOf(data)
      .map((key) => `${key}:${defaultText(data[key])}`)
      .join(' ')}]`;
  return String(data as string | bigint | boolean);
}

/** fmt.Sprint: a space between two neighbours of which neither is a string. */
export function sprint(parts: readonly unknown[]): string {
  return parts
    .map((part, index) => {
      const needsSpace = index > 0 && typeof part !== 'string' && typeof parts[index - 1] !== 'string';
      return (needsSpace ? ' ' : '') + defaultText(part);
    })
    .join('');
}

/** fmt.Sprintln */
export function sprintln(parts: readonly unknown[]): string {
  return `${parts.map(defaultText).join(' ')}\n`;
}
