import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SavedSession, Simulation } from '../http/index.ts';
import { fail } from './arguments.ts';

/** The session in a file; undefined when there is no file yet. A file that is no session ends the program. */
export function readJournal(path: string): SavedSession | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as SavedSession;
    if (saved.format !== 'drydock.session/1') throw new Error('it has another format');
    return saved;
  } catch (error) {
    return fail(`${path} is no saved session: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Saves the session when the program ends, however it ends. */
export function saveJournalAtExit(path: string, simulation: Simulation): void {
  process.on('exit', () => writeFileSync(path, JSON.stringify(simulation.session.save())));
}
