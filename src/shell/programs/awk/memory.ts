import { AwkRuntimeError } from './runtime-error.ts';
import { splitText } from './split-text.ts';
import { fromInput, toNumber, toText, type Value } from './values.ts';

export type AwkArray = Map<string, Value>;

/** What a name stands for: nothing yet, a value, or an array. */
export type Cell =
  | { readonly kind: 'scalar'; readonly value: Value }
  | { readonly kind: 'array'; readonly items: AwkArray }
  | { readonly kind: 'unset' };

const defaults: Readonly<Record<string, Value>> = {
  FS: ' ',
  OFS: ' ',
  ORS: '\n',
  RS: '\n',
  NR: 0,
  NF: 0,
  FNR: 0,
  SUBSEP: '\x1c',
  CONVFMT: '%.6g',
  OFMT: '%.6g',
  RSTART: 0,
  RLENGTH: -1,
  FILENAME: '',
};

/** Variables, arrays, and the record with its fields, which are cut when they are first asked for. */
export class AwkMemory {
  readonly #globals = new Map<string, Cell>(
    Object.entries(defaults).map(([name, value]) => [name, { kind: 'scalar', value }]),
  );
  readonly #frames: Map<string, Cell>[] = [];
  #record = '';
  #fields: Value[] | undefined;
  #isRecordStale = false;

  /** How many functions run inside one another. */
  get depth(): number {
    return this.#frames.length;
  }

  pushFrame(frame: Map<string, Cell>): void {
    this.#frames.push(frame);
  }

  popFrame(): void {
    this.#frames.pop();
  }

  cell(name: string): Cell {
    const local = this.#frames.at(-1)?.get(name);
    if (local) return local;
    const known = this.#globals.get(name);
    if (known) return known;
    const cell: Cell = { kind: 'unset' };
    this.#globals.set(name, cell);
    return cell;
  }

  get(name: string): Value {
    if (name === 'NF') this.#split();
    const cell = this.cell(name);
    if (cell.kind === 'array') throw new AwkRuntimeError(`can't use array ${name} in scalar context`);
    return cell.kind === 'scalar' ? cell.value : undefined;
  }

  text(name: string): string {
    return toText(this.get(name), '%.6g');
  }

  set(name: string, value: Value): void {
    if (name === 'NF') this.#split();
    const cell = this.cell(name);
    if (cell.kind === 'array') throw new AwkRuntimeError(`can't assign to ${name}; it's an array name.`);
    Object.assign(cell, { kind: 'scalar', value });
    if (name === 'NF') this.#resize(toNumber(value));
  }

  array(name: string): AwkArray {
    const cell = this.cell(name);
    if (cell.kind === 'scalar') throw new AwkRuntimeError(`can't use scalar ${name} as array`);
    if (cell.kind === 'array') return cell.items;
    const items: AwkArray = new Map();
    Object.assign(cell, { kind: 'array', items });
    return items;
  }

  toText(value: Value): string {
    return toText(value, this.text('CONVFMT'));
  }

  get record(): string {
    if (this.#isRecordStale) {
      this.#record = this.#fields!.map((field) => this.toText(field)).join(this.text('OFS'));
      this.#isRecordStale = false;
    }
    return this.#record;
  }

  setRecord(text: string): void {
    this.#record = text;
    this.#isRecordStale = false;
    this.#fields = undefined;
  }

  #split(): Value[] {
    if (!this.#fields) {
      this.#fields = splitText(this.#record, this.text('FS')).map(fromInput);
      Object.assign(this.cell('NF'), { kind: 'scalar', value: this.#fields.length });
    }
    return this.#fields;
  }

  #resize(count: number): void {
    const fields = this.#fields!;
    while (fields.length < count) fields.push('');
    fields.length = Math.max(0, count);
    this.#isRecordStale = true;
  }

  field(index: number): Value {
    if (index === 0) return fromInput(this.record);
    if (index < 0) throw new AwkRuntimeError(`trying to access out of range field ${index}`);
    return this.#split()[index - 1];
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setRecord(this.toText(value));
    const fields = this.#split();
    while (fields.length < index) fields.push('');
    fields[index - 1] = value;
    Object.assign(this.cell('NF'), { kind: 'scalar', value: fields.length });
    this.#isRecordStale = true;
  }
}
