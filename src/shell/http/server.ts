import type { Routine } from '../../kernel/index.ts';
import { TaskGroup } from '../io/task-group.ts';
import type { Connection, Listener } from '../program.ts';
import { serveConnection, type ServeOptions } from './serve-connection.ts';

/** Accepts connections on a listener and serves them side by side. */
export class HttpServer {
  readonly #tasks = new TaskGroup();
  readonly #listeners: Listener[] = [];
  readonly #acceptors: { stop(): void }[] = [];
  readonly #options: ServeOptions;
  readonly #idle = new Set<Connection>();
  #isStopping = false;

  constructor(options: Omit<ServeOptions, 'isStopping' | 'idle'>) {
    this.#options = { isStopping: () => this.#isStopping, idle: this.#idle, ...options };
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
    const acceptor = this.#tasks.add(this.#accept(listener));
    this.#acceptors.push(acceptor);
  }

  /** Takes no more connections; those that are busy end their exchange. */
  drain(): void {
    this.#isStopping = true;
    for (const listener of this.#listeners) listener.close();
    for (const connection of this.#idle) connection.close();
  }

  /** Leaves the listeners to another server, and ends like `drain`. */
  retire(): void {
    this.#isStopping = true;
    for (const acceptor of this.#acceptors) acceptor.stop();
    for (const connection of this.#idle) connection.close();
  }

  /** Cuts everything off. */
  stop(): void {
    this.drain();
    this.#tasks.stop();
  }

  run(): Routine<void> {
    return this.#tasks.run();
  }

  *#accept(listener: Listener): Routine<void> {
    for (let connection = yield* listener.accept(); connection; connection = yield* listener.accept()) {
      this.#tasks.add(serveConnection(connection, this.#options));
    }
  }
}
