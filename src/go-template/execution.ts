import { goQuote } from '../api/index.ts';
import { defaultText } from './format/default-text.ts';
import type { TemplateFunction } from './functions/template-function.ts';
import { Evaluation } from './evaluation.ts';
import { nodeText, type Branch, type Node } from './nodes.ts';
import { Scope } from './scope.ts';
import type { Definition } from './definition.ts';
import {
  boxed,
  dataOf,
  intValue,
  isMap,
  isTrue,
  keysOf,
  typeName,
  unboxed,
  valueOf,
  type MaybeValue,
} from './values.ts';

export interface ExecutionParts {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly write: (text: string) => void;
  readonly failsOnMissingKeys?: boolean;
}

/** `{{break}}` or `{{continue}}` on its way to its range. */
type Leap = 'break' | 'continue' | undefined;

/** As deep as templates may call templates. */
const maxDepth = 100_000;

/** Upstream: text/template/exec.go */
export class Execution {
  readonly #parts: ExecutionParts;
  readonly #definition: Definition;
  readonly #dot: MaybeValue;
  readonly #scope = new Scope();
  readonly #evaluation: Evaluation;
  readonly #depth: number;

  constructor(parts: ExecutionParts, definition: Definition, dot: MaybeValue, depth = 0) {
    this.#parts = parts;
    this.#definition = definition;
    this.#dot = dot;
    this.#depth = depth;
    this.#scope.declare('$', dot);
    this.#evaluation = new Evaluation(parts, definition, this.#scope);
  }

  run(): void {
    this.#walkAll(this.#dot, this.#definition.nodes);
  }

  #walkAll(dot: MaybeValue, nodes: readonly Node[]): Leap {
    for (const node of nodes) {
      const leap = this.#walk(dot, node);
      if (leap) return leap;
    }
    return undefined;
  }

  #walk(dot: MaybeValue, node: Node): Leap {
    this.#evaluation.at(node);
    switch (node.type) {
      case 'text':
        this.#parts.write(node.text);
        return undefined;
      case 'action': {
        const value = this.#evaluation.pipe(dot, node.pipe);
        // What is kept in a variable is not printed.
        if (node.pipe.declared.length === 0) this.#print(node, value);
        return undefined;
      }
      case 'if':
      case 'with':
        return this.#choose(dot, node);
      case 'range':
        return this.#range(dot, node);
      case 'template':
        this.#call(dot, node);
        return undefined;
      default:
        return node.type;
    }
  }

  #print(node: Node, value: MaybeValue): void {
    this.#evaluation.at(node);
    if (typeof value?.data === 'function')
      this.#evaluation.fail(`can't print ${nodeText(node)} of type ${typeName(value)}`);
    this.#parts.write(value ? defaultText(value.data) : '<no value>');
  }

  #choose(dot: MaybeValue, { type, pipe, list, elseList }: Branch): Leap {
    const mark = this.#scope.mark;
    const value = this.#evaluation.pipe(dot, pipe);
    const leap = isTrue(unboxed(value))
      ? this.#walkAll(type === 'with' ? value : dot, list)
      : this.#walkAll(dot, elseList ?? []);
    this.#scope.backTo(mark);
    return leap;
  }

  #range(dot: MaybeValue, node: Branch): Leap {
    const outer = this.#scope.mark;
    const value = unboxed(this.#evaluation.pipe(dot, node.pipe));
    const mark = this.#scope.mark;
    let isEmpty = true;
    for (const [index, element] of this.#elements(node, value)) {
      isEmpty = false;
      this.#setRangeVariables(node, index, element);
      const leap = this.#walkAll(element, node.list);
      this.#scope.backTo(mark);
      if (leap === 'break') break;
    }
    const leap = isEmpty && node.elseList ? this.#walkAll(dot, node.elseList) : undefined;
    this.#scope.backTo(outer);
    return leap;
  }

  *#elements({ pipe }: Branch, value: MaybeValue): Generator<readonly [MaybeValue, MaybeValue]> {
    const data = dataOf(value);
    if (Array.isArray(data)) {
      for (const [index, item] of data.entries()) yield [intValue(index), boxed(item)];
    } else if (isMap(data)) {
      for (const key of keysOf(data)) yield [valueOf(key), boxed(data[key])];
    } else if (typeof data === 'bigint') {
      if (pipe.declared.length > 1) this.#evaluation.fail(`can't use ${data} to iterate over more than one variable`);
      for (let count = 0n; count < data; count++) yield [undefined, { ...value, data: count, isBoxed: false }];
    } else if (value) {
      this.#evaluation.fail(`range can't iterate over ${defaultText(data)}`);
    }
  }

  /** With two variables the first is the index; one alone is the element. */
  #setRangeVariables({ pipe: { declared, isAssignment } }: Branch, index: MaybeValue, element: MaybeValue): void {
    const values = declared.length > 1 ? [index, element] : [element];
    declared.forEach((name, position) => {
      if (isAssignment) this.#evaluation.assign(name, values[position]);
      else this.#scope.setLatest(declared.length - position, values[position]);
    });
  }

  #call(dot: MaybeValue, node: Extract<Node, { type: 'template' }>): void {
    const definition = this.#parts.definitions.get(node.name);
    if (!definition) return this.#evaluation.fail(`template ${goQuote(node.name)} not defined`);
    const value = node.pipe ? this.#evaluation.pipe(dot, node.pipe) : undefined;
    try {
      new Execution(this.#parts, definition, value, this.#depth + 1).run();
    } catch (error) {
      // Our stack is not as deep as Go's, but what fills it never ends.
      if (!(error instanceof RangeError)) throw error;
      this.#evaluation.at(node);
      this.#evaluation.fail(`exceeded maximum template depth (${maxDepth})`);
    }
  }
}
