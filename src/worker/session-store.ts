import { openDB, type IDBPDatabase } from 'idb';
import type { SavedSession, SimulatorSession } from '../http/index.ts';

const store = 'sessions';

/** Sessions between visits, in IndexedDB. The head is one record, the journal's entries are appended beside it. */
export class SessionStore {
  readonly #database: IDBPDatabase;

  private constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  static async open(): Promise<SessionStore> {
    const database = await openDB('drydock', 1, {
      upgrade: (upgrading) => void upgrading.createObjectStore(store),
    });
    return new SessionStore(database);
  }

  async load(name: string): Promise<SavedSession | undefined> {
    return (await this.#database.get(store, name)) as SavedSession | undefined;
  }

  async save(name: string, session: SavedSession): Promise<void> {
    await this.#database.put(store, session, name);
  }

  /** Puts a session that cannot be played out of the way, so that nothing is lost. */
  async setAside(name: string): Promise<void> {
    const broken: unknown = await this.#database.get(store, name);
    await this.#database.put(store, broken, `${name}.broken`);
    await this.#database.delete(store, name);
  }

  async remove(name: string): Promise<void> {
    await this.#database.delete(store, name);
  }
}

/** How often the position of a running session is saved, beside every new entry of its journal. */
const everyMs = 2_000;

/** Saves a session whenever something has come in, and its position from time to time. */
export function keepSaved(sessions: SessionStore, name: string, current: () => SimulatorSession): void {
  let savedEntries = -1;
  let savedAtMs = 0;
  let isSaving = false;
  const save = async () => {
    if (isSaving) return;
    const session = current();
    const entries = session.journal.entries.length;
    const isDue = performance.now() - savedAtMs >= everyMs;
    if (entries === savedEntries && !isDue) return;
    isSaving = true;
    savedEntries = entries;
    savedAtMs = performance.now();
    try {
      await sessions.save(name, session.save());
    } finally {
      isSaving = false;
    }
  };
  setInterval(() => void save(), 200);
}
