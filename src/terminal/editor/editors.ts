import type { Program } from '../../shell/index.ts';
import { editorProgram } from './editor-program.ts';
import { Nano } from './nano.ts';
import { Vi } from './vi.ts';

const vi = editorProgram({
  open: (file) => new Vi(file),
  withoutTerminal: 'Vim: Warning: Input is not from a terminal\n',
});

const nano = editorProgram({
  open: (file) => new Nano(file),
  withoutTerminal: 'Standard input is not a terminal\n',
});

/** The workstation's editors, by the path of their program. */
export const editors: Readonly<Record<string, Program>> = {
  '/usr/bin/vi': vi,
  '/usr/bin/vim': vi,
  '/usr/bin/nano': nano,
  '/usr/bin/editor': nano,
};
