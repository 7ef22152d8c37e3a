import { encodeUtf8, Pipe, waitForExit, type ByteSink, type Process, type Routine } from '../../../kernel/index.ts';
import { openForWriting } from '../../io/open-file.ts';
import { findCommand, startCommand } from '../run-command.ts';
import type { Tool } from '../tool.ts';

interface OpenOutput {
  readonly sink: ByteSink;
  readonly process: Process | undefined;
}

/** Files and commands that a program prints to: each is opened once and stays open until `close`. */
export class Outputs {
  readonly #tool: Tool;
  readonly #open = new Map<string, OpenOutput>();

  constructor(tool: Tool) {
    this.#tool = tool;
  }

  *write(kind: '>' | '>>' | '|', target: string, text: string): Routine<void> {
    const output = this.#open.get(target) ?? this.#openOutput(kind, target);
    this.#open.set(target, output);
    yield* output.sink.write(encodeUtf8(text));
  }

  #openOutput(kind: '>' | '>>' | '|', target: string): OpenOutput {
    const { context, files, machine } = this.#tool;
    if (kind !== '|') {
      const { stdin, stdout, stderr } = context;
      const device = { stdin, stdout, stderr, random: machine.random };
      const sink = openForWriting(files, this.#tool.path(target), device, { append: kind === '>>', mode: 0o644 });
      return { sink, process: undefined };
    }
    const pipe = new Pipe();
    const shell = findCommand(this.#tool, 'sh');
    const process =
      typeof shell === 'function'
        ? startCommand(this.#tool, shell, ['sh', '-c', target], { stdin: pipe.source })
        : undefined;
    if (!process) pipe.abandon();
    return { sink: pipe.sink, process };
  }

  /** The command's status, or -1 when nothing was open under that name. */
  *close(target: string): Routine<number> {
    const output = this.#open.get(target);
    if (!output) return -1;
    this.#open.delete(target);
    output.sink.close();
    return output.process ? (yield* waitForExit(output.process)).code : 0;
  }

  *closeAll(): Routine<void> {
    for (const target of Array.from(this.#open.keys())) yield* this.close(target);
  }
}
