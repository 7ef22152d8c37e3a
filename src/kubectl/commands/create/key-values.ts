import { checkConfigMapKey, checkEnvVarName, goQuote } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';

/** Keys with their bytes, in the order in which they came. */
export type KeyValues = Map<string, Uint8Array>;

/** How the two kinds of object word the same problems. */
export interface KeyWording {
  readonly invalidKey: (key: string, why: readonly string[]) => string;
  readonly takenKey: (key: string, isBinary: boolean) => string;
  readonly envDirectory: string;
}

export function declareKeyValueFlags(flags: FlagSet, kind: string): void {
  flags.stringSlice(
    'from-file',
    `A file to take in; its key is the file's name unless one is given (key=path). Of a directory, every file whose name can be a key.`,
  );
  flags.stringArray('from-literal', `A key and its value (mykey=somevalue)`);
  flags.stringSlice('from-env-file', `A file with lines of key=value to take into the ${kind}.`);
  flags.bool('append-hash', `Append a hash of the ${kind} to its name.`);
}

/** Collects what `--from-file`, `--from-literal` and `--from-env-file` name. */
export class KeyValueReader {
  readonly values: KeyValues = new Map();
  readonly #invocation: Invocation;
  readonly #wording: KeyWording;

  constructor(invocation: Invocation, wording: KeyWording) {
    this.#invocation = invocation;
    this.#wording = wording;
  }

  addLiterals(): void {
    for (const literal of this.#invocation.flags.getStrings('from-literal')) {
      const equals = literal.indexOf('=');
      if (equals <= 0) throw new CommandError(`invalid literal source ${literal}, expected key=value`);
      this.#add(literal.slice(0, equals), new TextEncoder().encode(literal.slice(equals + 1)));
    }
  }

  async addFiles(sources = this.#invocation.flags.getStrings('from-file')): Promise<void> {
    const { files } = this.#invocation.io;
    for (const source of sources) {
      const { key, path } = splitFileSource(source);
      const stat = await files.stat(path);
      if (!stat) throw new CommandError(`error reading ${path}: no such file or directory`);
      if (!stat.isDirectory) {
        this.#add(key, await this.#read(path));
        continue;
      }
      if (source.includes('=')) throw new CommandError('cannot give a key name for a directory path');
      for (const entry of await files.list(path)) {
        if (!entry.isDirectory) this.#add(entry.name, await this.#read(`${path.replace(/\/+$/, '')}/${entry.name}`));
      }
    }
  }

  async addEnvFiles(): Promise<void> {
    const { files, environment } = this.#invocation.io;
    for (const path of this.#invocation.flags.getStrings('from-env-file')) {
      const stat = await files.stat(path);
      if (!stat) throw new CommandError(`error reading ${path}: no such file or directory`);
      if (stat.isDirectory) throw new CommandError(this.#wording.envDirectory);
      const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(await this.#read(path));
      for (const line of text.split('\n')) {
        const content = line.replace(/\r$/, '').trimStart();
        if (content === '' || content.startsWith('#')) continue;
        const equals = content.indexOf('=');
        const key = equals < 0 ? content : content.slice(0, equals);
        const problems = checkEnvVarName(key);
        if (problems.length > 0)
          throw new CommandError(`${goQuote(key)} is not a valid key name: ${problems.join(';')}`);
        const value = equals < 0 ? (environment.get(key) ?? '') : content.slice(equals + 1);
        this.#add(key, new TextEncoder().encode(value));
      }
    }
  }

  #add(key: string, value: Uint8Array): void {
    const problems = checkConfigMapKey(key);
    if (problems.length > 0) throw new CommandError(this.#wording.invalidKey(key, problems));
    const taken = this.values.get(key);
    if (taken) throw new CommandError(this.#wording.takenKey(key, utf8Text(taken) === undefined));
    this.values.set(key, value);
  }

  async #read(path: string): Promise<Uint8Array> {
    try {
      return await this.#invocation.io.files.read(path);
    } catch (error) {
      throw new CommandError(`open ${path}: ${(error as Error).message}`);
    }
  }
}

function splitFileSource(source: string): { readonly key: string; readonly path: string } {
  const parts = source.split('=');
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').at(-1)!, path: source };
  if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='");
  const [key, path] = parts as [string, string];
  if (key === '') throw new CommandError(`key name for file path ${path} missing`);
  if (path === '') throw new CommandError(`file path for key name ${key} missing`);
  return { key, path };
}

/** The text that bytes stand for; undefined when they are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
