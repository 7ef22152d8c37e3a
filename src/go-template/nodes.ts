import { goQuote } from '../api/index.ts';

/** The parts of a template. `at` is where each begins in the text. Upstream: text/template/parse/node.go */
export type Node =
  | { readonly type: 'text'; readonly at: number; readonly text: string }
  | { readonly type: 'action'; readonly at: number; readonly pipe: Pipe }
  | Branch
  | { readonly type: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly type: 'break' | 'continue'; readonly at: number };

export interface Branch {
  readonly type: 'if' | 'range' | 'with';
  readonly at: number;
  readonly pipe: Pipe;
  readonly list: readonly Node[];
  readonly elseList: readonly Node[] | undefined;
}

/** Commands, each with the result of the one before as its last argument. */
export interface Pipe {
  readonly type: 'pipe';
  readonly at: number;
  /** Variables that get the result. */
  readonly declared: readonly string[];
  /** `=` instead of `:=` */
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly type: 'command';
  readonly at: number;
  readonly words: readonly Operand[];
}

export type Operand =
  | { readonly type: 'field'; readonly at: number; readonly path: readonly string[] }
  | { readonly type: 'variable'; readonly at: number; readonly name: string; readonly path: readonly string[] }
  | { readonly type: 'chain'; readonly at: number; readonly of: Operand; readonly path: readonly string[] }
  | { readonly type: 'identifier'; readonly at: number; readonly name: string }
  | { readonly type: 'dot'; readonly at: number }
  | { readonly type: 'nil'; readonly at: number }
  | { readonly type: 'bool'; readonly at: number; readonly value: boolean }
  /** A bigint stands for an int, a number for a float64. */
  | { readonly type: 'number'; readonly at: number; readonly value: bigint | number; readonly text: string }
  | { readonly type: 'string'; readonly at: number; readonly value: string; readonly text: string }
  | Pipe;

/** A node as it would be written: how messages show where they are. */
export function nodeText(node: Node | Pipe | Command | Operand): string {
  switch (node.type) {
    case 'text':
      return goQuote(node.text);
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'if':
    case 'range':
    case 'with':
      return branchText(node);
    case 'template':
      return `{{template ${goQuote(node.name)}${node.pipe ? ` ${nodeText(node.pipe)}` : ''}}}`;
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    case 'pipe':
      return pipeText(node);
    case 'command':
      return node.words.map((word) => (word.type === 'pipe' ? `(${nodeText(word)})` : nodeText(word))).join(' ');
    default:
      return operandText(node);
  }
}

function operandText(node: Exclude<Operand, Pipe>): string {
  switch (node.type) {
    case 'field':
      return node.path.map((name) => `.${name}`).join('');
    case 'variable':
      return [node.name, ...node.path].join('.');
    case 'chain': {
      const inner = node.of.type === 'pipe' ? `(${nodeText(node.of)})` : nodeText(node.of);
      return [inner, ...node.path].join('.');
    }
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
      return node.text;
  }
}

function pipeText({ declared, isAssignment, commands }: Pipe): string {
  const names = declared.length > 0 ? `${declared.join(', ')} ${isAssignment ? '=' : ':='} ` : '';
  return names + commands.map(nodeText).join(' | ');
}

function branchText({ type, pipe, list, elseList }: Branch): string {
  const otherwise = elseList ? `{{else}}${elseList.map(nodeText).join('')}` : '';
  return `{{${type} ${nodeText(pipe)}}}${list.map(nodeText).join('')}${otherwise}{{end}}`;
}
