import type { Pod } from '../../api/generated/types.ts';
import type { Invocation } from '../command/invocation.ts';
import { messageOf } from '../errors/report.ts';
import type { Query } from '../rest/rest-client.ts';

/** Prints logs line by line, so that those of several containers do not mix within a line. */
export class LogPrinter {
  readonly #invocation: Invocation;
  readonly #query: Query;

  constructor(invocation: Invocation, query: Query) {
    this.#invocation = invocation;
    this.#query = query;
  }

  async print({ pod, container }: { readonly pod: Pod; readonly container: string }): Promise<void> {
    const { flags } = this.#invocation;
    const hasPrefix = flags.getBool('prefix') || flags.getBool('all-pods');
    const prefix = hasPrefix ? `[pod/${pod.metadata.name}/${container}] ` : '';
    try {
      await this.#copy(pod, container, new TextEncoder().encode(prefix));
    } catch (error) {
      if (!flags.getBool('ignore-errors')) throw error;
      this.#invocation.print(`error: ${messageOf(error as Error)}\n`);
    }
  }

  async #copy(pod: Pod, container: string, prefix: Uint8Array): Promise<void> {
    const { namespace, name } = pod.metadata;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
    const client = await this.#invocation.client();
    const response = await client.send({ path, query: { container, ...this.#query }, accept: 'application/json, */*' });
    if (!response.body) return;
    const reader = response.body.getReader();
    let rest = new Uint8Array();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const bytes = joined(rest, value);
      const end = bytes.lastIndexOf(10) + 1;
      if (end > 0) this.#write(bytes.subarray(0, end), prefix);
      rest = bytes.slice(end);
    }
    if (rest.length > 0) this.#write(rest, prefix);
  }

  #write(lines: Uint8Array, prefix: Uint8Array): void {
    const { stdout } = this.#invocation.io;
    if (prefix.length === 0) {
      stdout.write(lines);
      return;
    }
    for (let start = 0; start < lines.length;) {
      const newline = lines.indexOf(10, start);
      const end = newline < 0 ? lines.length : newline + 1;
      stdout.write(joined(prefix, lines.subarray(start, end)));
      start = end;
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
