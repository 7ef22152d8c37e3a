// A terminal speaks in control characters.
/* oxlint-disable no-control-regex */
/** One key press: a name for what moves and edits, or the text itself. */
export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  /** `C-a`, `M-b`, `Up`, `Home`, `C-Right`. */
  | { readonly type: 'key'; readonly name: string };

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

const finals: Readonly<Record<string, string>> = { A: 'Up', B: 'Down', C: 'Right', D: 'Left', H: 'Home', F: 'End' };
const numbered: Readonly<Record<string, string>> = {
  1: 'Home',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
};

const named: Readonly<Record<string, string>> = { '\r': 'Enter', '\n': 'Enter', '\t': 'Tab', '\x7f': 'Backspace' };

/** Takes the first key off what a terminal sent. Undefined when there is only a part of one. */
export function firstKey(data: string): { readonly key: Key; readonly length: number } | undefined {
  if (data === '') return undefined;
  if (data.startsWith(pasteStart)) return pasted(data);
  if (data.startsWith('\x1b')) return escaped(data);
  const character = String.fromCodePoint(data.codePointAt(0)!);
  const name = named[character];
  if (name) return { key: { type: 'key', name }, length: 1 };
  if (character < ' ') {
    return { key: { type: 'key', name: `C-${String.fromCharCode(character.charCodeAt(0) + 96)}` }, length: 1 };
  }
  const [text] = /^[^\x00-\x1f\x7f]+/.exec(data)!;
  return { key: { type: 'text', text }, length: text.length };
}

function pasted(data: string): { key: Key; length: number } | undefined {
  const end = data.indexOf(pasteEnd);
  if (end < 0) return undefined;
  const text = data.slice(pasteStart.length, end).replace(/\r\n?/g, '\n');
  return { key: { type: 'paste', text }, length: end + pasteEnd.length };
}

function escaped(data: string): { key: Key; length: number } {
  const sequence = /^\x1b(?:\[([0-9;]*)([~A-Za-z])|O([A-Za-z]))/.exec(data);
  if (sequence) {
    const [whole, parameters = '', final = '', shifted] = sequence;
    return { key: { type: 'key', name: sequenceName(parameters, shifted ?? final) }, length: whole.length };
  }
  const character = data.length > 1 ? String.fromCodePoint(data.codePointAt(1)!) : '';
  const name = character === '' ? 'Escape' : character === '\x7f' ? 'M-Backspace' : `M-${character}`;
  return { key: { type: 'key', name }, length: 1 + character.length };
}

function sequenceName(parameters: string, final: string): string {
  const [number = '', modifier = ''] = parameters.split(';');
  const base = final === '~' ? numbered[number] : finals[final];
  if (final === 'Z') return 'S-Tab';
  if (!base) return 'Unknown';
  if (modifier === '5') return `C-${base}`;
  return modifier === '3' ? `M-${base}` : base;
}
