import { goQuote } from '../api/index.ts';
import type { ParameterType, TemplateFunction } from './functions/template-function.ts';
import { nodeText, type Command, type Node, type Operand, type Pipe } from './nodes.ts';
import type { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';
import type { Definition } from './definition.ts';
import {
  boxed,
  dataOf,
  intValue,
  isMap,
  isTrue,
  typeName,
  unboxed,
  valueOf,
  type MaybeValue,
  type Value,
} from './values.ts';

export interface EvaluationParts {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly failsOnMissingKeys?: boolean;
}

/** The result of the command before, where there is one. */
type Final = { readonly value: MaybeValue } | undefined;

type Path = Extract<Operand, { path: readonly string[] }>;
type Plain = Exclude<Operand, Path | Pipe | { type: 'identifier' }>;

/** Finds the values of pipelines. Upstream: text/template/exec.go, the eval functions */
export class Evaluation {
  readonly #parts: EvaluationParts;
  readonly #definition: Definition;
  readonly #scope: Scope;
  /** Where we are, for messages. */
  #node: Node | Pipe | Command | Operand | undefined;

  constructor(parts: EvaluationParts, definition: Definition, scope: Scope) {
    this.#parts = parts;
    this.#definition = definition;
    this.#scope = scope;
  }

  at(node: Node | Pipe | Command | Operand): void {
    this.#node = node;
  }

  fail(problem: string): never {
    const { name, source } = this.#definition;
    const node = this.#node;
    if (!node) throw new TemplateError(`template: ${name}: ${problem}`);
    const before = source.text.slice(0, node.at);
    const line = before.split('\n').length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length;
    const place = `${source.name}:${line}:${column}: executing ${goQuote(name)} at <${nodeText(node)}>`;
    throw new TemplateError(`template: ${place}: ${problem}`);
  }

  assign(name: string, value: MaybeValue): void {
    const variable = this.#scope.find(name);
    if (!variable) this.fail(`undefined variable: ${name}`);
    else variable.value = value;
  }

  pipe(dot: MaybeValue, pipe: Pipe): MaybeValue {
    this.at(pipe);
    let final: Final;
    for (const command of pipe.commands) final = { value: unboxed(this.#command(dot, command, final)) };
    const value = final?.value;
    for (const name of pipe.declared) {
      if (pipe.isAssignment) this.assign(name, value);
      else this.#scope.declare(name, value);
    }
    return value;
  }

  #command(dot: MaybeValue, command: Command, final: Final): MaybeValue {
    const { words } = command;
    const first = words[0]!;
    switch (first.type) {
      case 'field':
      case 'chain':
      case 'variable':
        return this.#path(dot, first, words, final);
      case 'identifier':
        return this.#function(dot, first, command, final);
      case 'pipe':
        this.#checkNoArguments(words, final);
        return this.pipe(dot, first);
      default:
        this.at(first);
        this.#checkNoArguments(words, final);
        if (first.type === 'nil') this.fail('nil is not a command');
        return this.#plain(dot, first);
    }
  }

  #plain(dot: MaybeValue, operand: Plain): MaybeValue {
    this.at(operand);
    if (operand.type === 'dot') return dot;
    if (operand.type === 'nil') return undefined;
    if (operand.type !== 'number' || typeof operand.value === 'number') return valueOf(operand.value);
    if (operand.value >= 1n << 63n) this.fail(`${operand.text} overflows int`);
    return intValue(operand.value);
  }

  #checkNoArguments(words: readonly Operand[], final: Final): void {
    if (words.length > 1 || final) this.fail(`can't give argument to non-function ${nodeText(words[0]!)}`);
  }

  /** @param words the whole command, for the last field of the path could be a method */
  #path(dot: MaybeValue, node: Path, words: readonly Operand[], final: Final): MaybeValue {
    this.at(node);
    let value = this.#start(dot, node);
    if (node.path.length === 0) {
      this.#checkNoArguments(words, final);
      return value;
    }
    node.path.forEach((name, index) => {
      const isLast = index === node.path.length - 1;
      value = this.#field(value, name, isLast && (words.length > 1 || final !== undefined));
    });
    return value;
  }

  #start(dot: MaybeValue, node: Path): MaybeValue {
    if (node.type === 'field') return dot;
    if (node.type === 'variable') {
      const variable = this.#scope.find(node.name);
      if (!variable) this.fail(`undefined variable: ${node.name}`);
      return variable?.value;
    }
    if (node.of.type === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`);
    return this.#argument(dot, undefined, node.of);
  }

  #field(receiver: MaybeValue, name: string, hasArguments: boolean): MaybeValue {
    if (!receiver) {
      if (this.#parts.failsOnMissingKeys) this.fail(`nil data; no entry for key ${goQuote(name)}`);
      return undefined;
    }
    const { data } = receiver;
    if (data === null) this.fail(`nil pointer evaluating ${typeName(receiver)}.${name}`);
    if (!isMap(data)) return this.fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
    if (hasArguments) this.fail(`${name} is not a method but has arguments`);
    if (Object.hasOwn(data, name) && data[name] !== undefined) return boxed(data[name]);
    if (this.#parts.failsOnMissingKeys) this.fail(`map has no entry for key ${goQuote(name)}`);
    return undefined;
  }

  /** @param whole the command, or the function alone where it is an argument */
  #function(
    dot: MaybeValue,
    node: Extract<Operand, { type: 'identifier' }>,
    whole: Command | Operand,
    final: Final,
  ): MaybeValue {
    this.at(node);
    const { name } = node;
    const words = whole.type === 'command' ? whole.words : [node];
    if (name === 'call') return this.#callValue(dot, whole, words, final);
    const known = this.#parts.functions.get(name);
    if (!known) return this.fail(`${goQuote(name)} is not a defined function`);
    this.#checkCount(name, known, words.length - 1, final);
    if (name === 'and' || name === 'or') return this.#shortCircuit(dot, name, words.slice(1), final);
    const args = words.slice(1).map((word, index) => this.#argument(dot, parameterAt(known, index), word));
    if (final) args.push(this.#fitted(final.value, parameterAt(known, args.length)));
    return this.#called(whole, name, () => known.call(...args));
  }

  #checkCount(name: string, { parameters, isVariadic = false }: TemplateFunction, given: number, final: Final): void {
    const count = given + (final ? 1 : 0);
    const fixed = parameters.length - 1;
    if (isVariadic && count < fixed) {
      this.fail(`wrong number of args for ${name}: want at least ${fixed} got ${given}`);
    }
    if (!isVariadic && count !== parameters.length) {
      this.fail(`wrong number of args for ${name}: want ${parameters.length} got ${count}`);
    }
  }

  #called(node: Command | Operand, name: string, act: () => MaybeValue): MaybeValue {
    try {
      return act();
    } catch (error) {
      if (error instanceof TemplateError || error instanceof RangeError) throw error;
      this.at(node);
      return this.fail(`error calling ${name}: ${(error as Error).message}`);
    }
  }

  /** The argument that decides is the result; those after it are not even looked at. */
  #shortCircuit(dot: MaybeValue, name: 'and' | 'or', words: readonly Operand[], final: Final): MaybeValue {
    let value: MaybeValue;
    for (const word of words) {
      value = this.#argument(dot, 'reflect.Value', word);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final ? this.#fitted(final.value, 'reflect.Value') : value;
  }

  /** `call`: the function is a value. */
  #callValue(dot: MaybeValue, node: Command | Operand, words: readonly Operand[], final: Final): MaybeValue {
    const args = words.slice(1).map((word) => this.#argument(dot, 'reflect.Value', word));
    if (final) args.push(final.value);
    if (args.length === 0) this.fail(`wrong number of args for call: want at least 1 got 0`);
    const [callee, ...rest] = args;
    const name = words[1] ? nodeText(words[1]) : '<value>';
    return this.#called(node, 'call', () => {
      const value = unboxed(callee);
      if (!value) throw new Error('call of nil');
      if (typeof value.data !== 'function') throw new Error(`non-function ${name} of type ${typeName(value)}`);
      return valueOf((value.data as (...args: unknown[]) => unknown)(...rest.map(dataOf)));
    });
  }

  /** @param type undefined for anything at all */
  #argument(dot: MaybeValue, type: ParameterType | undefined, operand: Operand): MaybeValue {
    this.at(operand);
    switch (operand.type) {
      case 'field':
      case 'variable':
      case 'chain':
        return this.#fitted(this.#path(dot, operand, [operand], undefined), type);
      case 'pipe':
        return this.#fitted(this.pipe(dot, operand), type);
      case 'identifier':
        return this.#fitted(this.#function(dot, operand, operand, undefined), type);
      case 'dot':
        return this.#fitted(dot, type);
      case 'nil':
        if (type === 'string') this.fail('cannot assign nil to string');
        return undefined;
      default:
        if (type === 'string' && operand.type !== 'string') this.fail(`expected string; found ${nodeText(operand)}`);
        return this.#plain(dot, operand);
    }
  }

  #fitted(value: MaybeValue, type: ParameterType | undefined): MaybeValue {
    if (type !== 'string') return value;
    if (!value) return this.fail('invalid value; expected string');
    if (typeof value.data === 'string') return unboxed(value);
    const inner: Value = unboxed(value) ?? value;
    return this.fail(`wrong type for value; expected string; got ${typeName(inner)}`);
  }
}

/** Of a variadic function the last one repeats. */
function parameterAt({ parameters }: TemplateFunction, index: number): ParameterType {
  return parameters[Math.min(index, parameters.length - 1)]!;
}
