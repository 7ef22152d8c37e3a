import { readLines } from '../../client/index.ts';

/** Reads a body that holds one JSON value a line, as watches and `/sim/` streams do, while it is still arriving. */
export async function* readJsonLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T, void> {
  for await (const line of readLines(body)) yield JSON.parse(line) as T;
}
