import type { Workstation } from '../../terminal/index.ts';

/** Files of the terminal's home folder, named as the terminal names them: `~/web.yaml`. */
const mark = '~/';
const mostFiles = 200;
const deepest = 4;

export const isHomeFile = (name: string): boolean => name.startsWith(mark);

/** What can be opened: text files, without those that begin with a dot. */
export function listHomeFiles({ files, home }: Workstation): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string, depth: number) => {
    for (const name of files.list(home + folder)) {
      if (name.startsWith('.') || found.length >= mostFiles) continue;
      const path = `${folder}/${name}`;
      const type = files.stat(home + path)?.type;
      if (type === 'file') found.push(mark + path.slice(1));
      else if (type === 'directory' && depth < deepest) walk(path, depth + 1);
    }
  };
  walk('', 0);
  return found;
}

/** Throws a FileError when there is no such file any more. */
export function readHomeFile({ files, home }: Workstation, name: string): string {
  return new TextDecoder().decode(files.read(`${home}/${name.slice(mark.length)}`));
}

export function writeHomeFile(workstation: Workstation, name: string, text: string): void {
  workstation.files.write(`${workstation.home}/${name.slice(mark.length)}`, new TextEncoder().encode(text));
  workstation.changed();
}
