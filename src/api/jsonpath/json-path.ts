import { goJson, goText } from '../json.ts';
import { numberText } from '../go/number-text.ts';
import { compare, FloatLiteral } from './compare.ts';
import { parseJsonPath } from './parser.ts';
import type { ListNode, PathNode } from './nodes.ts';

/** What went wrong while a template ran over an object. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Stands where Go has no value at all: inside a range over nothing. */
const nothing = Symbol('nothing');

export interface JsonPathOptions {
  /** A key that is not there yields nothing instead of an error. */
  readonly allowsMissingKeys?: boolean;
}

/**
 * Kubernetes' JSONPath: text, expressions in braces, `{range}` and `{end}`. kubectl's templates, printer columns.
 * Upstream: client-go/util/jsonpath/jsonpath.go
 * Differs: `*` and `..` visit the keys of a map in order; upstream visits them in any order.
 */
export class JsonPath {
  readonly #root: ListNode;
  readonly #options: JsonPathOptions;
  #beginning = 0;
  #inside = 0;
  #ending = 0;
  #lastEnd = -1;

  /** @throws JsonPathSyntaxError */
  constructor(template: string, options: JsonPathOptions = {}) {
    this.#root = parseJsonPath(template);
    this.#options = options;
  }

  /** The text that the template makes of `data`. */
  execute(data: unknown): string {
    return this.find(data)
      .map((results) => results.map(textOf).join(' '))
      .join('');
  }

  /** A value as a template shows it. */
  static textOf(value: unknown): string {
    return textOf(value);
  }

  /** The values that each part of the template finds. */
  find(data: unknown): readonly (readonly unknown[])[] {
    this.#beginning = this.#inside = this.#ending = 0;
    this.#lastEnd = -1;
    return this.#run(data, 0);
  }

  #run(data: unknown, from: number): (readonly unknown[])[] {
    const { nodes } = this.#root;
    const all: (readonly unknown[])[] = [];
    for (let index = from; index < nodes.length; index++) {
      const results = this.#walk([data], nodes[index]!);
      if (this.#ending > 0 && this.#ending <= this.#inside) {
        this.#ending--;
        this.#lastEnd = index;
        break;
      }
      if (this.#beginning === 0) {
        all.push(results);
        continue;
      }
      this.#beginning--;
      this.#inside++;
      for (const value of results) all.push(...this.#run(value, index + 1));
      // Over nothing, the range still runs once to find its end.
      if (results.length === 0) this.#run(nothing, index + 1);
      this.#inside--;
      index = Math.max(index, this.#lastEnd);
    }
    return all;
  }

  #walk(values: readonly unknown[], node: PathNode): readonly unknown[] {
    switch (node.type) {
      case 'list':
        return node.nodes.reduce((current, child) => this.#walk(current, child), values);
      case 'text':
        return [node.text];
      case 'literal':
        return values.map(() => node.value);
      case 'field':
        return this.#field(values, node.name);
      case 'array':
        return values.flatMap((value) => sliceOf(value, node));
      case 'filter':
        return values.flatMap((value) => this.#filter(value, node));
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return recursed(values);
      case 'union':
        return node.branches.flatMap((branch) => this.#walk(values, branch));
      case 'identifier':
        return this.#identifier(values, node.name);
    }
  }

  #identifier(values: readonly unknown[], name: string): readonly unknown[] {
    if (name === 'range') {
      this.#beginning++;
      return values;
    }
    if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`);
    if (this.#inside === 0) throw new JsonPathError('not in range, nothing to end');
    this.#ending++;
    return [];
  }

  #field(values: readonly unknown[], name: string): readonly unknown[] {
    if (values.length === 0) return [];
    const found = values.flatMap((value) => (isMap(value) && value[name] !== undefined ? [value[name]] : []));
    if (found.length === 0 && !this.#options.allowsMissingKeys) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  #filter(value: unknown, node: Extract<PathNode, { type: 'filter' }>): readonly unknown[] {
    if (!Array.isArray(value)) {
      throw new JsonPathError(`${goText(value)} is not array or slice and cannot be filtered`);
    }
    return value.filter((item: unknown) => this.#passes(item, node));
  }

  #passes(item: unknown, node: Extract<PathNode, { type: 'filter' }>): boolean {
    if (node.operator === 'exists') return this.#exists(item, node.left);
    const lefts = this.#walk([item], node.left);
    if (lefts.length === 0) return false;
    if (lefts.length > 1) throw new JsonPathError('can only compare one element at a time');
    const rights = this.#walk([item], node.right);
    if (rights.length === 0) return false;
    if (rights.length > 1) throw new JsonPathError('can only compare one element at a time');
    const passes = compare(node.operator, lefts[0], rights[0]);
    if (passes === undefined) throw new JsonPathError(`unrecognized filter operator ${node.operator}`);
    return passes;
  }

  #exists(item: unknown, path: ListNode): boolean {
    try {
      return this.#walk([item], path).length > 0;
    } catch (error) {
      if (error instanceof JsonPathError) return false;
      throw error;
    }
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FloatLiteral);
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isMap(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return keys.toSorted().map((key) => value[key]);
  }
  // Go visits a string byte by byte and prints them as numbers.
  return typeof value === 'string' ? utf8Bytes(value) : [];
}

function recursed(values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value) => {
    const children = childrenOf(value);
    return children.length === 0 ? [] : [value, ...recursed(children)];
  });
}

function sliceOf(value: unknown, node: Extract<PathNode, { type: 'array' }>): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathError(`${goTypeName(value)} is not array or slice`);
  const { length } = value;
  const [first, last, step] = node.params;
  const start = first.value < 0 ? first.value + length : first.value;
  let end = last.isKnown ? last.value : length;
  if (end < 0 || (end === 0 && last.isDerived)) end += length;
  if (start === end) return [];
  const outside = (index: number) => new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outside(start);
  if (end > length || end < 0) throw outside(end - 1);
  if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`);
  if (step.isKnown && step.value <= 0) throw new JsonPathError('step must be > 0');
  return value.slice(start, end).filter((_, index) => index % (step.isKnown ? step.value : 1) === 0);
}

function goTypeName(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'map[string]interface {}';
}

function textOf(value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof FloatLiteral) return numberText(value.value);
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'object' ? goJson(value) : String(value);
}

function utf8Bytes(text: string): readonly number[] {
  return [...text].flatMap((character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x80) return [code];
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}
