import type { ByteSink, Routine } from '../../kernel/index.ts';
import { FileError } from '../file-system.ts';
import { openForWriting } from '../io/open-file.ts';
import { parseOptions } from './options.ts';
import type { Tool } from './tool.ts';

export function* tee(tool: Tool): Routine<number> {
  const options = parseOptions(tool.args, { flags: 'aip', long: { append: 'a', 'ignore-interrupts': 'i' } });
  const { stdin, stdout, stderr } = tool.context;
  const sinks: ByteSink[] = [stdout];
  const status = yield* tool.each(options.operands, function* (path) {
    const context = { stdin, stdout, stderr, random: tool.machine.random };
    try {
      sinks.push(openForWriting(tool.files, tool.path(path), context, { append: options.has('a'), mode: 0o644 }));
    } catch (error) {
      if (error instanceof FileError) throw new FileError(error.errno, path);
      throw error;
    }
  });
  for (let bytes = yield* stdin.read(); bytes; bytes = yield* stdin.read())
    for (const sink of sinks) yield* sink.write(bytes);
  return status;
}
