import { Pipe, sourceOf, type Routine } from '../../../kernel/index.ts';
import { FileError } from '../../file-system.ts';
import { compileRegex } from '../posix-regex.ts';
import { findCommand, runCommand, startCommand } from '../run-command.ts';
import type { Tool } from '../tool.ts';
import { callBuiltin, formatFor } from './builtins.ts';
import { RecordReader } from './input.ts';
import { Outputs } from './output.ts';
import { AwkMemory, type Cell } from './memory.ts';
import { AwkRuntimeError } from './runtime-error.ts';
import type { AwkProgram, AwkRule, AwkStatement, Expression, Target } from './syntax.ts';
import { compareValues, fromInput, isTrue, toNumber, toText, type Value } from './values.ts';

class Break {}
class Continue {}
class Next {
  readonly skipsFile: boolean;
  constructor(skipsFile: boolean) {
    this.skipsFile = skipsFile;
  }
}
class Return {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}
class Exit {}

const callLimit = 500;

/** Runs a program over its input. */
export class AwkRun extends AwkMemory {
  readonly tool: Tool;
  readonly #program: AwkProgram;
  readonly #outputs: Outputs;
  readonly #readers = new Map<string, RecordReader>();
  readonly #activeRanges = new Set<AwkRule>();
  readonly #operands: string[];
  #main: RecordReader | undefined;
  #operandIndex = 0;
  #hasReadFile = false;
  #status = 0;
  seed = 0;
  random: () => number;

  constructor(tool: Tool, program: AwkProgram, operands: readonly string[]) {
    super();
    this.tool = tool;
    this.#program = program;
    this.#operands = [...operands];
    this.#outputs = new Outputs(tool);
    let stream = tool.machine.random.fork('awk/0');
    this.random = () => stream.number();
    this.reseed = (seed) => {
      stream = tool.machine.random.fork(`awk/${seed}`);
    };
    this.array('ARGV').set('0', 'awk');
    operands.forEach((operand, index) => this.array('ARGV').set(String(index + 1), fromInput(operand)));
    this.set('ARGC', operands.length + 1);
    for (const [name, value] of tool.context.environment) this.array('ENVIRON').set(name, fromInput(value));
  }

  readonly reseed: (seed: number) => void;

  *run(): Routine<number> {
    const { rules } = this.#program;
    try {
      for (const rule of rules) if (rule.kind === 'BEGIN') yield* this.#act(rule);
      if (rules.some(({ kind }) => kind !== 'BEGIN')) yield* this.#eachRecord();
    } catch (thrown) {
      if (!(thrown instanceof Exit)) throw thrown;
      // `exit` in BEGIN or a rule still runs END, `exit` in END ends.
    }
    try {
      for (const rule of rules) if (rule.kind === 'END') yield* this.#act(rule);
    } catch (thrown) {
      if (!(thrown instanceof Exit)) throw thrown;
    }
    yield* this.#outputs.closeAll();
    return this.#status;
  }

  *#act(rule: AwkRule): Routine<void> {
    if (rule.body) yield* this.#execute(rule.body);
    else yield* this.tool.print(this.record + this.text('ORS'));
  }

  *#eachRecord(): Routine<void> {
    for (let record = yield* this.#nextRecord(); record !== undefined; record = yield* this.#nextRecord()) {
      this.setRecord(record);
      try {
        for (const rule of this.#program.rules) if (yield* this.#applies(rule)) yield* this.#act(rule);
      } catch (thrown) {
        if (!(thrown instanceof Next)) throw thrown;
        if (thrown.skipsFile) this.#main = undefined;
      }
      yield { kind: 'tick', cpuMs: 0.001 };
    }
  }

  *#applies(rule: AwkRule): Routine<boolean> {
    if (rule.kind === 'BEGIN' || rule.kind === 'END') return false;
    if (rule.kind === 'pattern') return !rule.test || isTrue(yield* this.evaluate(rule.test));
    if (!this.#activeRanges.has(rule)) {
      if (!isTrue(yield* this.evaluate(rule.test!))) return false;
      this.#activeRanges.add(rule);
    }
    if (isTrue(yield* this.evaluate(rule.end!))) this.#activeRanges.delete(rule);
    return true;
  }

  /** The next record of the operands, or of standard input when none of them is a file. */
  *#nextRecord(): Routine<string | undefined> {
    for (;;) {
      if (!this.#main && !(yield* this.#openNext())) return undefined;
      const record = yield* this.#main!.next(this.text('RS'));
      if (record !== undefined) {
        this.set('NR', toNumber(this.get('NR')) + 1);
        this.set('FNR', toNumber(this.get('FNR')) + 1);
        return record;
      }
      this.#main = undefined;
    }
  }

  *#openNext(): Routine<boolean> {
    while (this.#operandIndex < this.#operands.length) {
      const operand = toText(this.array('ARGV').get(String(++this.#operandIndex)), '%.6g');
      if (operand === '') continue;
      const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(operand);
      if (assignment) {
        this.assignOperand(assignment[1]!, assignment[2]!);
        continue;
      }
      this.#hasReadFile = true;
      try {
        this.#main = new RecordReader(this.tool.open(operand));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* this.tool.complain(
          this.tool.isGnu ? `cannot open "${operand}" (${error.message})` : `${operand}: ${error.message}`,
        );
        this.#status = 2;
        continue;
      }
      this.set('FILENAME', operand);
      this.set('FNR', 0);
      return true;
    }
    if (this.#hasReadFile) return false;
    this.#hasReadFile = true;
    this.#main = new RecordReader(this.tool.context.stdin);
    return true;
  }

  /** `-v name=value` and operands of that form: escapes count. */
  assignOperand(name: string, text: string): void {
    const unescaped = text.replace(
      /\\([nt"\\])/g,
      (_, letter: string) => ({ n: '\n', t: '\t', '"': '"', '\\': '\\' })[letter]!,
    );
    this.set(name, fromInput(unescaped));
  }

  // --- statements

  *#execute(statement: AwkStatement): Routine<void> {
    switch (statement.kind) {
      case 'block':
        for (const each of statement.body) yield* this.#execute(each);
        return;
      case 'expression':
        yield* this.evaluate(statement.value);
        return;
      case 'print':
      case 'printf':
        return yield* this.#print(statement);
      case 'if':
        if (isTrue(yield* this.evaluate(statement.test))) yield* this.#execute(statement.yes);
        else if (statement.no) yield* this.#execute(statement.no);
        return;
      case 'while':
        while (isTrue(yield* this.evaluate(statement.test))) if (!(yield* this.#loopBody(statement.body))) return;
        return;
      case 'do':
        do {
          if (!(yield* this.#loopBody(statement.body))) return;
        } while (isTrue(yield* this.evaluate(statement.test)));
        return;
      case 'for':
        if (statement.first) yield* this.#execute(statement.first);
        while (!statement.test || isTrue(yield* this.evaluate(statement.test))) {
          if (!(yield* this.#loopBody(statement.body))) return;
          if (statement.step) yield* this.#execute(statement.step);
        }
        return;
      case 'each':
        for (const key of Array.from(this.array(statement.array).keys())) {
          this.set(statement.name, fromInput(key));
          if (!(yield* this.#loopBody(statement.body))) return;
        }
        return;
      case 'break':
        throw new Break();
      case 'continue':
        throw new Continue();
      case 'next':
      case 'nextfile':
        throw new Next(statement.kind === 'nextfile');
      case 'exit':
        if (statement.value) this.#status = toNumber(yield* this.evaluate(statement.value)) & 0xff;
        throw new Exit();
      case 'return':
        throw new Return(statement.value && (yield* this.evaluate(statement.value)));
      case 'delete':
        if (!statement.keys) this.array(statement.array).clear();
        else this.array(statement.array).delete(yield* this.#key(statement.keys));
    }
  }

  /** False when the loop was left. */
  *#loopBody(body: AwkStatement): Routine<boolean> {
    yield { kind: 'tick', cpuMs: 0.0005 };
    try {
      yield* this.#execute(body);
    } catch (thrown) {
      if (thrown instanceof Break) return false;
      if (!(thrown instanceof Continue)) throw thrown;
    }
    return true;
  }

  *#print(statement: Extract<AwkStatement, { kind: 'print' | 'printf' }>): Routine<void> {
    const values: Value[] = [];
    for (const item of statement.items) values.push(yield* this.evaluate(item));
    const shown = (value: Value): string => toText(value, this.text('OFMT'));
    const text =
      statement.kind === 'printf'
        ? formatFor(this, values)
        : (values.length === 0 ? this.record : values.map(shown).join(this.text('OFS'))) + this.text('ORS');
    if (!statement.to) return yield* this.tool.print(text);
    const target = this.toText(yield* this.evaluate(statement.to.target));
    if (statement.to.kind !== '|' && (target === '/dev/stdout' || target === '-')) return yield* this.tool.print(text);
    if (statement.to.kind !== '|' && target === '/dev/stderr') return yield* this.tool.printError(text);
    yield* this.#outputs.write(statement.to.kind, target, text);
  }

  *#key(keys: readonly Expression[]): Routine<string> {
    const parts: string[] = [];
    for (const key of keys) parts.push(this.toText(yield* this.evaluate(key)));
    return parts.join(this.text('SUBSEP'));
  }

  // --- expressions

  *evaluate(expression: Expression): Routine<Value> {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'string':
        return expression.text;
      case 'regex':
        return Number(this.regex(expression.source).test(this.record));
      case 'variable':
        return this.get(expression.name);
      case 'field':
        return this.field(Math.trunc(toNumber(yield* this.evaluate(expression.index))));
      case 'element': {
        const items = this.array(expression.array);
        const key = yield* this.#key(expression.keys);
        if (!items.has(key)) items.set(key, undefined);
        return items.get(key);
      }
      case 'group': {
        if (expression.items.length === 1) return yield* this.evaluate(expression.items[0]!);
        return yield* this.#key(expression.items);
      }
      case 'unary': {
        const value = yield* this.evaluate(expression.operand);
        if (expression.operator === '!') return Number(!isTrue(value));
        return expression.operator === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'binary':
        return yield* this.#binary(expression.operator, expression.left, expression.right);
      case 'concat':
        return this.toText(yield* this.evaluate(expression.left)) + this.toText(yield* this.evaluate(expression.right));
      case 'match': {
        const text = this.toText(yield* this.evaluate(expression.left));
        return Number((yield* this.regexOf(expression.right)).test(text) !== expression.isNegated);
      }
      case 'in':
        return Number(this.array(expression.array).has(yield* this.#key(expression.keys)));
      case 'conditional':
        return yield* this.evaluate(isTrue(yield* this.evaluate(expression.test)) ? expression.yes : expression.no);
      case 'assign':
        return yield* this.#assign(expression.operator, expression.target, expression.value);
      case 'step': {
        const before = toNumber(yield* this.evaluate(expression.target));
        yield* this.assign(expression.target, before + expression.by);
        return expression.isPrefix ? before + expression.by : before;
      }
      case 'call':
        return yield* this.#call(expression.name, expression.args);
      case 'getline':
        return yield* this.#getline(expression);
    }
  }

  *#binary(operator: string, left: Expression, right: Expression): Routine<Value> {
    const a = yield* this.evaluate(left);
    if (operator === '&&') return Number(isTrue(a) && isTrue(yield* this.evaluate(right)));
    if (operator === '||') return Number(isTrue(a) || isTrue(yield* this.evaluate(right)));
    const b = yield* this.evaluate(right);
    if (/^[<>=!]/.test(operator)) {
      const order = compareValues(a, b, this.text('CONVFMT'));
      const results: Readonly<Record<string, boolean>> = {
        '<': order < 0,
        '<=': order <= 0,
        '==': order === 0,
        '!=': order !== 0,
        '>': order > 0,
        '>=': order >= 0,
      };
      return Number(results[operator]);
    }
    return this.#calculate(operator, toNumber(a), toNumber(b));
  }

  #calculate(operator: string, a: number, b: number): number {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '^':
        return a ** b;
      default:
        if (b === 0) throw new AwkRuntimeError(operator === '/' ? 'division by zero' : 'division by zero in %');
        return operator === '/' ? a / b : a % b;
    }
  }

  *#assign(operator: string, target: Target, value: Expression): Routine<Value> {
    const right = yield* this.evaluate(value);
    const made =
      operator === '='
        ? right
        : this.#calculate(operator.slice(0, -1), toNumber(yield* this.evaluate(target)), toNumber(right));
    yield* this.assign(target, made);
    return made;
  }

  *assign(target: Target, value: Value): Routine<void> {
    if (target.kind === 'variable') this.set(target.name, value);
    else if (target.kind === 'field') this.setField(Math.trunc(toNumber(yield* this.evaluate(target.index))), value);
    else this.array(target.array).set(yield* this.#key(target.keys), value);
  }

  /** A regular expression: written as one, or a string that holds one. */
  *regexOf(expression: Expression): Routine<RegExp> {
    if (expression.kind === 'regex') return this.regex(expression.source);
    if (expression.kind === 'group' && expression.items.length === 1) return yield* this.regexOf(expression.items[0]!);
    return this.regex(this.toText(yield* this.evaluate(expression)));
  }

  readonly #compiled = new Map<string, RegExp>();

  regex(source: string): RegExp {
    const known = this.#compiled.get(source) ?? compileRegex(source, 'extended');
    this.#compiled.set(source, known);
    return known;
  }

  *#call(name: string, args: readonly Expression[]): Routine<Value> {
    const own = this.#program.functions.get(name);
    if (!own) return yield* callBuiltin(this, name, args);
    if (this.depth >= callLimit) throw new AwkRuntimeError(`function ${name} nested too deeply`);
    const frame = new Map<string, Cell>();
    for (const [index, parameter] of own.parameters.entries()) {
      const arg = args[index];
      // An array, or a variable that may become one, goes by reference.
      if (arg?.kind === 'variable' && this.cell(arg.name).kind !== 'scalar') frame.set(parameter, this.cell(arg.name));
      else frame.set(parameter, arg ? { kind: 'scalar', value: yield* this.evaluate(arg) } : { kind: 'unset' });
    }
    this.pushFrame(frame);
    try {
      yield* this.#execute(own.body);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Return) return thrown.value;
      throw thrown;
    } finally {
      this.popFrame();
    }
  }

  // --- input and output besides the records

  *#getline(expression: Extract<Expression, { kind: 'getline' }>): Routine<Value> {
    if (expression.source === 'input') {
      const record = yield* this.#nextRecord();
      if (record === undefined) return 0;
      yield* this.#give(expression.target, record);
      return 1;
    }
    const name = this.toText(yield* this.evaluate(expression.from!));
    const reader = this.#readers.get(name) ?? this.#openReader(expression.source, name);
    if (!reader) return -1;
    this.#readers.set(name, reader);
    const record = yield* reader.next(this.text('RS'));
    if (record === undefined) return 0;
    if (expression.source === 'command') this.set('NR', toNumber(this.get('NR')) + 1);
    yield* this.#give(expression.target, record);
    return 1;
  }

  *#give(target: Target | undefined, record: string): Routine<void> {
    if (target) yield* this.assign(target, fromInput(record));
    else this.setRecord(record);
  }

  #openReader(source: 'file' | 'command', name: string): RecordReader | undefined {
    if (source === 'file') {
      try {
        return new RecordReader(this.tool.open(name));
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    }
    const shell = findCommand(this.tool, 'sh');
    if (typeof shell !== 'function') return undefined;
    const pipe = new Pipe();
    const process = startCommand(this.tool, shell, ['sh', '-c', name], { stdin: sourceOf(), stdout: pipe.sink });
    if (!process) return undefined;
    process.onExit(() => pipe.end());
    return new RecordReader(pipe.source);
  }

  *close(name: string): Routine<number> {
    const reader = this.#readers.get(name);
    this.#readers.delete(name);
    reader?.close();
    const status = yield* this.#outputs.close(name);
    return reader ? 0 : status;
  }

  *system(command: string): Routine<number> {
    return (yield* runCommand(this.tool, ['sh', '-c', command])).code;
  }
}
