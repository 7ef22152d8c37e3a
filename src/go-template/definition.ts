import type { Node } from './nodes.ts';

/** What a name stands for, and the text that it was read from. */
export interface Definition {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly source: { readonly name: string; readonly text: string };
}
