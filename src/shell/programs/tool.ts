import { decodeUtf8, encodeUtf8, type ByteSource, type Routine } from '../../kernel/index.ts';
import { FileError, type FileSystem } from '../file-system.ts';
import { ByteReader } from '../io/byte-reader.ts';
import { openForReading } from '../io/open-file.ts';
import type { Machine, Program, ProgramContext } from '../program.ts';
import { UsageError } from './options.ts';

/** Whose tools these are: they do the same and word some things differently. */
export type Flavour = 'gnu' | 'busybox';

/** A small command-line program. The routine's value is the exit code. */
export type ToolBody = (tool: Tool) => Routine<number>;

/** What a command-line tool works with. */
export class Tool {
  readonly context: ProgramContext;
  readonly flavour: Flavour;
  readonly name: string;
  readonly args: readonly string[];

  constructor(context: ProgramContext, flavour: Flavour) {
    this.context = context;
    this.flavour = flavour;
    this.name = context.argv[0]!.split('/').at(-1)!;
    this.args = context.argv.slice(1);
  }

  get machine(): Machine {
    return this.context.machine;
  }

  get files(): FileSystem {
    return this.context.machine.files;
  }

  get nowMs(): number {
    return this.machine.processes.turns.nowMs();
  }

  get isGnu(): boolean {
    return this.flavour === 'gnu';
  }

  /** An absolute path for what was written on the command line. */
  path(text: string): string {
    if (text.startsWith('/')) return text;
    const { workingDirectory } = this.context;
    return `${workingDirectory === '/' ? '' : workingDirectory}/${text}`;
  }

  *print(text: string): Routine<void> {
    if (text !== '') yield* this.context.stdout.write(encodeUtf8(text));
  }

  *write(bytes: Uint8Array): Routine<void> {
    yield* this.context.stdout.write(bytes);
  }

  /** A message on standard error behind the tool's name. */
  *complain(message: string): Routine<void> {
    yield* this.context.stderr.write(encodeUtf8(`${this.name}: ${message}\n`));
  }

  *printError(text: string): Routine<void> {
    yield* this.context.stderr.write(encodeUtf8(text));
  }

  /** A file, or standard input for `-`. Throws FileError. */
  open(path: string): ByteSource {
    if (path === '-') return this.context.stdin;
    if (this.files.stat(this.path(path))?.type === 'directory') throw new FileError('EISDIR', path);
    const { stdin, stdout, stderr, machine } = this.context;
    return openForReading(this.files, this.path(path), { stdin, stdout, stderr, random: machine.random });
  }

  reader(path: string): ByteReader {
    return new ByteReader(this.open(path));
  }

  *readAll(path: string): Routine<Uint8Array> {
    return yield* this.reader(path).all();
  }

  *readText(path: string): Routine<string> {
    return decodeUtf8(yield* this.readAll(path));
  }

  /** Does something with each file; a file that fails is complained about and the exit code becomes 1. */
  *each(
    paths: readonly string[],
    act: (path: string) => Routine<void>,
    word: (path: string, error: FileError) => string = (path, error) => `${this.quotePath(path)}: ${error.message}`,
  ): Routine<number> {
    let status = 0;
    for (const path of paths) {
      try {
        yield* act(path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* this.complain(word(path, error));
        status = 1;
      }
    }
    return status;
  }

  /** GNU's words for a file that cannot be read, where it says more than the reason. */
  cannotOpen(path: string, error: FileError): string {
    if (!this.isGnu) return `${path}: ${error.message}`;
    return error.errno === 'EISDIR'
      ? `error reading '${path}': ${error.message}`
      : `cannot open '${path}' for reading: ${error.message}`;
  }

  /** How a path stands in a message. */
  quotePath(path: string): string {
    return this.isGnu && /[\s'"\\$*?]/.test(path) ? `'${path}'` : path;
  }
}

/** Makes a program of a tool. */
export function toolProgram(body: ToolBody, flavour: Flavour): Program {
  return function* (context) {
    const tool = new Tool(context, flavour);
    try {
      return yield* body(tool);
    } catch (error) {
      if (error instanceof UsageError) {
        yield* tool.complain(error.message);
        if (tool.isGnu && error.hasHint) yield* tool.printError(`Try '${tool.name} --help' for more information.\n`);
        return error.status;
      }
      if (error instanceof FileError) {
        yield* tool.complain(`${error.path}: ${error.message}`);
        return 1;
      }
      throw error;
    }
  };
}

/** Lines of a text without their newlines; a newline at the end begins no further line. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
