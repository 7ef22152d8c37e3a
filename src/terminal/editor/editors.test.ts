import { describe, expect, it } from 'vitest';
import { firstKey } from '../line-editor/keys.ts';
import type { Editor, EditedFile } from './editor-program.ts';
import { Nano } from './nano.ts';
import { Vi } from './vi.ts';

interface Session {
  readonly editor: Editor;
  readonly written: { text: string | undefined };
  /** Types, and says whether the editor has ended. */
  type(data: string): boolean;
}

function edit(make: (file: EditedFile) => Editor, text: string): Session {
  const written: Session['written'] = { text: undefined };
  const editor = make({
    name: 'file.yaml',
    text,
    isNew: false,
    write(content) {
      written.text = content;
      return undefined;
    },
  });
  return {
    editor,
    written,
    type(data) {
      let rest = data;
      for (let first = firstKey(rest); first; first = firstKey(rest)) {
        rest = rest.slice(first.length);
        if (editor.press(first.key)) return true;
      }
      return false;
    },
  };
}

const three = 'one two three\nfour five\nsix\n';

describe('vi', () => {
  it.each([
    ['x', 'ne two three\nfour five\nsix\n'],
    ['3x', ' two three\nfour five\nsix\n'],
    ['dw', 'two three\nfour five\nsix\n'],
    ['d2w', 'three\nfour five\nsix\n'],
    ['2dw', 'three\nfour five\nsix\n'],
    ['wdw.', 'one \nfour five\nsix\n'],
    ['$x', 'one two thre\nfour five\nsix\n'],
    ['wD', 'one \nfour five\nsix\n'],
    ['dd', 'four five\nsix\n'],
    ['2dd', 'six\n'],
    ['jdG', 'one two three\n'],
    ['Gdgg', ''],
    ['ddp', 'four five\none two three\nsix\n'],
    ['yyP', 'one two three\none two three\nfour five\nsix\n'],
    ['yy2p', 'one two three\none two three\none two three\nfour five\nsix\n'],
    ['cwuno\x1b', 'uno two three\nfour five\nsix\n'],
    ['cwuno\x1bjb.', 'uno two three\nuno five\nsix\n'],
    ['ccnew\x1b', 'new\nfour five\nsix\n'],
    ['iab\x1b', 'abone two three\nfour five\nsix\n'],
    ['A!\x1b', 'one two three!\nfour five\nsix\n'],
    ['onew\x1b', 'one two three\nnew\nfour five\nsix\n'],
    ['jOnew\x1b', 'one two three\nnew\nfour five\nsix\n'],
    ['J', 'one two three four five\nsix\n'],
    ['rX', 'Xne two three\nfour five\nsix\n'],
    ['~', 'One two three\nfour five\nsix\n'],
    ['ddu', three],
    ['ddu\x12', 'four five\nsix\n'],
    ['dfw', 'o three\nfour five\nsix\n'],
    ['dtt', 'two three\nfour five\nsix\n'],
    ['/five\rx', 'one two three\nfour ive\nsix\n'],
    ['d/four\r', 'four five\nsix\n'],
    ['vex', ' two three\nfour five\nsix\n'],
    ['Vjd', 'six\n'],
    ['wvey$p', 'one two threetwo\nfour five\nsix\n'],
    ['>>', '  one two three\nfour five\nsix\n'],
    [':s/o/0/g\r', '0ne tw0 three\nfour five\nsix\n'],
    [':%s/\\(f\\)\\(.\\)/\\2\\1/\r', 'one two three\nofur five\nsix\n'],
    [':2d\r', 'one two three\nsix\n'],
    ['2Gx', 'one two three\nour five\nsix\n'],
    ['i\x1b[200~a\n  b\x1b[201~\x1b', 'a\n  bone two three\nfour five\nsix\n'],
    ['3l~hx', 'onetwo three\nfour five\nsix\n'],
  ])('%j', (keys, expected) => {
    const { type, written } = edit((file) => new Vi(file), three);
    expect(type(keys)).toBe(false);
    expect(type('\x1b:wq\r')).toBe(true);
    expect(written.text).toBe(expected);
  });

  it('does not leave without what was changed', () => {
    const { type, editor, written } = edit((file) => new Vi(file), three);
    expect(type('dd:q\r')).toBe(false);
    expect(editor.draw({ columns: 80, rows: 10 }).rows.at(-1)).toContain('E37: No write since last change');
    expect(type(':q!\r')).toBe(true);
    expect(written.text).toBeUndefined();
  });

  it('writes with ZZ', () => {
    const { type, written } = edit((file) => new Vi(file), three);
    expect(type('xZZ')).toBe(true);
    expect(written.text).toBe(three.slice(1));
  });

  it('shows the text and where one is', () => {
    const { type, editor } = edit((file) => new Vi(file), three);
    type('jA');
    const { rows, cursorRow, cursorColumn } = editor.draw({ columns: 40, rows: 6 });
    expect(rows.slice(0, 3)).toEqual(['one two three', 'four five', 'six']);
    expect([cursorRow, cursorColumn]).toEqual([1, 9]);
    expect(rows[5]).toMatch(/^-- INSERT -- +2,10/);
  });
});

describe('nano', () => {
  it.each([
    ['Hello ', 'Hello one two three\nfour five\nsix\n'],
    ['\x0b', 'four five\nsix\n'],
    ['\x0b\x0b\x15', three],
    ['\x1b[B\x1b[F\x7f', 'one two three\nfour fiv\nsix\n'],
    ['\x17five\r!', 'one two three\nfour !five\nsix\n'],
    ['\x1b[3~', 'ne two three\nfour five\nsix\n'],
    ['ab\x1bu', 'one two three\nfour five\nsix\n'],
    ['\r', '\none two three\nfour five\nsix\n'],
    ['\t', '  one two three\nfour five\nsix\n'],
  ])('%j', (keys, expected) => {
    const { type, written } = edit((file) => new Nano(file), three);
    expect(type(keys)).toBe(false);
    expect(type('\x0f\r\x18')).toBe(true);
    expect(written.text).toBe(expected);
  });

  it('asks before it leaves', () => {
    const { type, written } = edit((file) => new Nano(file), three);
    expect(type('x\x18')).toBe(false);
    expect(type('y')).toBe(false);
    expect(type('\r')).toBe(true);
    expect(written.text).toBe(`x${three}`);
    const other = edit((file) => new Nano(file), three);
    expect(other.type('x\x18n')).toBe(true);
    expect(other.written.text).toBeUndefined();
  });
});
