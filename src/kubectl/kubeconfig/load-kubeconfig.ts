import { CommandError } from '../errors/command-error.ts';
import type { KubectlFiles } from '../kubectl-io.ts';
import { isObject, objectsAt, stringAt, type JsonObject } from '../resource/json.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { ConfigEntry, Kubeconfig } from './kubeconfig.ts';

/** Which files make up the kubeconfig. Upstream: client-go/tools/clientcmd/loader.go */
export interface ConfigPaths {
  readonly files: readonly string[];
  /** `--kubeconfig`: the file must exist. */
  readonly isExplicit: boolean;
}

export function configPaths(environment: ReadonlyMap<string, string>, explicit: string): ConfigPaths {
  if (explicit !== '') return { files: [explicit], isExplicit: true };
  const listed = (environment.get('KUBECONFIG') ?? '').split(':').filter((path) => path !== '');
  if (listed.length > 0) return { files: [...new Set(listed)], isExplicit: false };
  return { files: [`${environment.get('HOME') ?? ''}/.kube/config`], isExplicit: false };
}

export async function loadKubeconfig(files: KubectlFiles, paths: ConfigPaths): Promise<Kubeconfig> {
  const clusters = new Map<string, ConfigEntry>();
  const users = new Map<string, ConfigEntry>();
  const contexts = new Map<string, ConfigEntry>();
  let currentContext = '';
  for (const file of paths.files) {
    const config = await readConfigFile(files, file, paths.isExplicit);
    if (!config) continue;
    currentContext ||= stringAt(config, 'current-context');
    collect(clusters, config, 'clusters', 'cluster', file);
    collect(users, config, 'users', 'user', file);
    collect(contexts, config, 'contexts', 'context', file);
  }
  return { clusters, users, contexts, currentContext };
}

/** One file as it stands; undefined when there is none. */
export async function readConfigFile(
  files: KubectlFiles,
  file: string,
  mustExist = false,
): Promise<JsonObject | undefined> {
  if (!(await files.stat(file))) {
    if (mustExist) throw new CommandError(`stat ${file}: no such file or directory`);
    return undefined;
  }
  let value: unknown;
  try {
    value = parseYaml(new TextDecoder().decode(await files.read(file)));
  } catch (error) {
    throw new CommandError(`error loading config file "${file}": ${(error as Error).message}`);
  }
  if (value === null) return {};
  if (isObject(value)) return value;
  throw new CommandError(
    `error loading config file "${file}": couldn't get version/kind; json parse error: json: cannot unmarshal string into ` +
      'Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
  );
}

function collect(into: Map<string, ConfigEntry>, config: JsonObject, list: string, key: string, file: string): void {
  for (const item of objectsAt(config, list)) {
    const name = stringAt(item, 'name');
    const value = item[key];
    if (!into.has(name)) into.set(name, { value: isObject(value) ? value : {}, file });
  }
}
