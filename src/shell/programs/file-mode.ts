import type { FileStat } from '../file-system.ts';

const typeLetters: Readonly<Record<FileStat['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  device: 'c',
};

/** `drwxr-xr-x` */
export function modeText({ type, mode }: Pick<FileStat, 'type' | 'mode'>): string {
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = mode >> shift;
    const execute = (bits & 1) !== 0;
    const last = special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  return (
    typeLetters[type] +
    triple(6, (mode & 0o4000) !== 0, 's') +
    triple(3, (mode & 0o2000) !== 0, 's') +
    triple(0, (mode & 0o1000) !== 0, 't')
  );
}

const who: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };

/** Applies `755`, `u+x,go-w` or `a=rX` to a mode; undefined when it is no mode. */
export function changeMode(spec: string, mode: number, isDirectory: boolean, umask = 0o022): number | undefined {
  if (/^[0-7]{1,4}$/.test(spec)) return Number.parseInt(spec, 8);
  let result = mode;
  for (const clause of spec.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!match) return undefined;
    const scope = match[1] === '' ? 0o7777 & ~umask : [...match[1]!].reduce((mask, letter) => mask | who[letter]!, 0);
    for (const [, operator, letters] of match[2]!.matchAll(/([-+=])([rwxXstugo]*)/g)) {
      const bits = bitsOf(letters!, result, isDirectory) & scope;
      if (operator === '+') result |= bits;
      else if (operator === '-') result &= ~bits;
      else result = (result & ~(scope & 0o777)) | bits;
    }
  }
  return result;
}

function bitsOf(letters: string, mode: number, isDirectory: boolean): number {
  if (/^[ugo]$/.test(letters)) {
    const shift = { u: 6, g: 3, o: 0 }[letters as 'u' | 'g' | 'o'];
    return ((mode >> shift) & 7) * 0o111;
  }
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444;
    else if (letter === 'w') bits |= 0o222;
    else if (letter === 'x') bits |= 0o111;
    else if (letter === 'X') bits |= isDirectory || (mode & 0o111) !== 0 ? 0o111 : 0;
    else if (letter === 's') bits |= 0o6000;
    else if (letter === 't') bits |= 0o1000;
  }
  return bits;
}
