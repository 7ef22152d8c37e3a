import type { JsonObject } from '../resource/json.ts';

/** One named entry of a kubeconfig, and the file that it came from. */
export interface ConfigEntry {
  readonly value: JsonObject;
  readonly file: string;
}

/** Several kubeconfig files seen as one: the first that sets a name wins. Upstream: client-go/tools/clientcmd */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ConfigEntry>;
  readonly users: ReadonlyMap<string, ConfigEntry>;
  readonly contexts: ReadonlyMap<string, ConfigEntry>;
  readonly currentContext: string;
}

export const emptyKubeconfig: Kubeconfig = {
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
};
