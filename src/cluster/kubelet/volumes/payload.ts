/**
 * The files of volumes that show objects of the API: config maps, secrets, the pod's own fields, tokens.
 * Upstream: pkg/volume/configmap, pkg/volume/secret, pkg/volume/downwardapi, pkg/volume/projected
 */
import { encodeUtf8 } from '../../../kernel/index.ts';
import { decodeBase64 } from '../../../shell/codec/base64.ts';
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  KeyToPath,
  Pod,
  Volume,
  VolumeProjection,
} from '../../../api/generated/types.ts';
import { ConfigError, type ConfigSource } from '../environment/config-source.ts';
import { fieldValue, resourceValue, type PodAddresses } from '../environment/field-value.ts';

export interface PayloadFile {
  /** Relative to the volume, possibly with directories. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: number;
}

export interface PayloadInput {
  readonly pod: Pod;
  readonly addresses: PodAddresses;
  readonly config: ConfigSource;
  readonly allocatable: Readonly<Record<string, string>>;
  /** A token for the pod's service account. */
  readonly token: (audience: string | undefined, expirationSeconds: number) => string;
}

type Entries = Readonly<Record<string, Uint8Array>>;

/** What the volume holds now; undefined when it is no volume of this sort. Throws ConfigError for what is missing. */
export function payloadOf(volume: Volume, input: PayloadInput): readonly PayloadFile[] | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return configMapFiles(configMap, configMap.defaultMode ?? 0o644, input);
  if (secret) return secretFiles({ ...secret, name: secret.secretName }, secret.defaultMode ?? 0o644, input);
  if (downwardAPI) return downwardFiles(downwardAPI.items ?? [], downwardAPI.defaultMode ?? 0o644, input);
  const mode = projected?.defaultMode ?? 0o644;
  return projected?.sources?.flatMap((source) => projectedFiles(source, mode, input)) ?? (projected && []);
}

function projectedFiles(source: VolumeProjection, mode: number, input: PayloadInput): readonly PayloadFile[] {
  if (source.configMap) return configMapFiles(source.configMap, mode, input);
  if (source.secret) return secretFiles(source.secret, mode, input);
  if (source.downwardAPI) return downwardFiles(source.downwardAPI.items ?? [], mode, input);
  if (source.serviceAccountToken) {
    const { audience, expirationSeconds = 3600, path } = source.serviceAccountToken;
    return [{ path, content: encodeUtf8(input.token(audience, expirationSeconds)), mode }];
  }
  return [];
}

function configMapFiles(
  { name = '', items, optional = false }: ConfigMapVolumeSource,
  mode: number,
  { pod, config }: PayloadInput,
): readonly PayloadFile[] {
  const found = config.configMap(pod.metadata.namespace ?? '', name, optional);
  const entries: Entries = {
    ...mapValues(found?.data, encodeUtf8),
    ...mapValues(found?.binaryData, bytesOf),
  };
  return select(entries, items, mode, optional, 'configmap references non-existent config key: ');
}

function secretFiles(
  {
    name = '',
    items,
    optional = false,
  }: { readonly name?: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean },
  mode: number,
  { pod, config }: PayloadInput,
): readonly PayloadFile[] {
  const entries = mapValues(config.secret(pod.metadata.namespace ?? '', name, optional)?.data, bytesOf);
  return select(entries, items, mode, optional, 'references non-existent secret key: ');
}

function downwardFiles(
  items: readonly DownwardAPIVolumeFile[],
  mode: number,
  input: PayloadInput,
): readonly PayloadFile[] {
  const { pod, addresses, allocatable } = input;
  return items.map((item) => {
    const text = item.fieldRef
      ? fieldValue(pod, item.fieldRef.fieldPath, addresses)
      : resourceValue(pod, pod.spec.containers[0]!, item.resourceFieldRef!, allocatable);
    return { path: item.path, content: encodeUtf8(text), mode: item.mode ?? mode };
  });
}

/** Every key under its own name, or the chosen ones under the names they are given. */
function select(
  entries: Entries,
  items: readonly KeyToPath[] | undefined,
  mode: number,
  isOptional: boolean,
  complaint: string,
): readonly PayloadFile[] {
  if (!items || items.length === 0) {
    return Object.entries(entries).map(([path, content]) => ({ path, content, mode }));
  }
  return items.flatMap((item) => {
    const content = entries[item.key];
    if (content) return [{ path: item.path, content, mode: item.mode ?? mode }];
    if (isOptional) return [];
    throw new ConfigError(complaint + item.key);
  });
}

function mapValues(map: Readonly<Record<string, string>> | undefined, convert: (text: string) => Uint8Array): Entries {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, convert(value)]));
}

function bytesOf(base64: string): Uint8Array {
  return decodeBase64(base64) ?? new Uint8Array(0);
}
