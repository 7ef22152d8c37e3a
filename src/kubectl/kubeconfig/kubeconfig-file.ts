import type { Invocation } from '../command/invocation.ts';
import { isObject, objectsAt, stringAt, type JsonObject, type JsonValue } from '../resource/json.ts';
import { emitYaml } from '../yaml/emit-yaml.ts';
import { configPaths, readConfigFile } from './load-kubeconfig.ts';

/** The three lists of a kubeconfig, each with the field that holds an entry's value. */
export const sections = {
  clusters: { field: 'cluster', noun: 'cluster' },
  contexts: { field: 'context', noun: 'context' },
  users: { field: 'user', noun: 'user' },
} as const;

export type Section = keyof typeof sections;

/** One file of the kubeconfig, to be changed and written back. Upstream: client-go/tools/clientcmd/config.go ModifyConfig */
export class KubeconfigFile {
  readonly path: string;
  readonly #content: JsonObject;

  constructor(path: string, content: JsonObject) {
    this.path = path;
    this.#content = content;
  }

  has(section: Section, name: string): boolean {
    return this.entries(section).has(name);
  }

  entries(section: Section): Map<string, JsonObject> {
    const { field } = sections[section];
    const items = objectsAt(this.#content, section);
    return new Map(items.map((item) => [stringAt(item, 'name'), isObject(item[field]) ? item[field] : {}]));
  }

  setEntries(section: Section, entries: ReadonlyMap<string, JsonObject>): void {
    const { field } = sections[section];
    const names = [...entries.keys()].sort();
    this.#content[section] = names.map((name) => ({ name, [field]: entries.get(name)! }));
  }

  get currentContext(): string {
    return stringAt(this.#content, 'current-context');
  }

  set currentContext(name: string) {
    this.#content['current-context'] = name;
  }

  /** As kubectl writes it: every list is there, if only as null. */
  text(): string {
    return emitYaml(normalized(this.#content));
  }
}

function normalized(content: JsonObject): JsonObject {
  const list = (section: Section): JsonValue => {
    const items = objectsAt(content, section);
    return items.length > 0 ? items : null;
  };
  return {
    ...content,
    apiVersion: 'v1',
    kind: 'Config',
    clusters: list('clusters'),
    contexts: list('contexts'),
    users: list('users'),
    'current-context': stringAt(content, 'current-context'),
  };
}

/** Where a new entry goes: the first file that exists, else the last in the list. */
export function defaultConfigPath(invocation: Invocation, existing: readonly string[]): string {
  const { files } = configPaths(invocation.io.environment, invocation.flags.getString('kubeconfig'));
  return files.find((file) => existing.includes(file)) ?? files.at(-1)!;
}

/** Reads the file that holds an entry (or, when none does, the one where it belongs), changes it and writes it back. */
export async function editConfigFile(
  invocation: Invocation,
  isHome: (file: KubeconfigFile) => boolean,
  change: (file: KubeconfigFile) => void,
): Promise<KubeconfigFile> {
  const { io, flags } = invocation;
  const { files } = configPaths(io.environment, flags.getString('kubeconfig'));
  const found: KubeconfigFile[] = [];
  for (const path of files) {
    const content = await readConfigFile(io.files, path);
    if (content) found.push(new KubeconfigFile(path, content));
  }
  const existing = found.map((file) => file.path);
  const target = found.find(isHome) ?? found[0] ?? new KubeconfigFile(defaultConfigPath(invocation, existing), {});
  change(target);
  const directory = target.path.replace(/\/[^/]*$/, '');
  if (directory && directory !== target.path && !(await io.files.stat(directory)))
    await io.files.makeDirectory(directory);
  await io.files.write(target.path, target.text(), 0o600);
  return target;
}
