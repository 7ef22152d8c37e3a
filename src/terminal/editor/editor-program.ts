import { decodeUtf8, encodeUtf8, Utf8Decoder } from '../../kernel/index.ts';
import { FileError, type FileSystem, type Program, type ProgramContext } from '../../shell/index.ts';
import { firstKey, type Key } from '../line-editor/keys.ts';
import { Tty } from '../screen/tty.ts';

/** What an editor shows: whole rows from the top of the screen, and where the cursor is. */
export interface EditorFrame {
  readonly rows: readonly string[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

/** An editor of one file: it takes keys and draws itself. */
export interface Editor {
  /** True when it is done. */
  press(key: Key): boolean;
  draw(size: { readonly columns: number; readonly rows: number }): EditorFrame;
  readonly exitStatus: number;
}

/** The file that is edited. Both functions give back what went wrong, in the system's words. */
export interface EditedFile {
  readonly name: string;
  readonly text: string;
  readonly isNew: boolean;
  write(text: string, name?: string): string | undefined;
}

export interface EditorOptions {
  readonly open: (file: EditedFile) => Editor;
  /** What it says when there is no terminal. */
  readonly withoutTerminal: string;
}

const enterScreen = '\x1b[?1049h';
const leaveScreen = '\x1b[?1049l';

/** Makes a full-screen program of an editor. */
export function editorProgram({ open, withoutTerminal }: EditorOptions): Program {
  return function* (context) {
    const { stdin, stderr } = context;
    const tty = stdin.terminal;
    if (!(tty instanceof Tty)) {
      yield* stderr.write(encodeUtf8(withoutTerminal));
      return 1;
    }
    const name = context.argv.slice(1).findLast((word) => !word.startsWith('-') && !word.startsWith('+')) ?? '';
    const editor = open(editedFile(context, name));
    const paint = () => tty.print(painted(editor.draw(tty)));
    tty.setRaw(true);
    tty.print(enterScreen);
    const forgetResize = tty.onResize(paint);
    try {
      const decoder = new Utf8Decoder();
      let pending = '';
      paint();
      for (let bytes = yield* stdin.read(); bytes; bytes = yield* stdin.read()) {
        pending += decoder.push(bytes);
        for (let first = firstKey(pending); first; first = firstKey(pending)) {
          pending = pending.slice(first.length);
          if (editor.press(first.key)) return editor.exitStatus;
        }
        paint();
      }
      return 1;
    } finally {
      forgetResize();
      tty.print(leaveScreen);
      tty.setRaw(false);
    }
  };
}

function painted({ rows, cursorRow, cursorColumn }: EditorFrame): string {
  const lines = rows.map((row, index) => `\x1b[${index + 1};1H${row}\x1b[0m\x1b[K`).join('');
  return `\x1b[?25l${lines}\x1b[${cursorRow + 1};${cursorColumn + 1}H\x1b[?25h`;
}

function editedFile({ machine, workingDirectory }: ProgramContext, name: string): EditedFile {
  const { files } = machine;
  const pathOf = (path: string) => (path.startsWith('/') ? path : `${workingDirectory.replace(/\/$/, '')}/${path}`);
  const text = name === '' ? undefined : readText(files, pathOf(name));
  return {
    name,
    text: text ?? '',
    isNew: text === undefined,
    write(content, other = name) {
      try {
        files.write(pathOf(other), encodeUtf8(content));
        return undefined;
      } catch (error) {
        if (error instanceof FileError) return error.message;
        throw error;
      }
    },
  };
}

function readText(files: FileSystem, path: string): string | undefined {
  try {
    return decodeUtf8(files.read(path));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
