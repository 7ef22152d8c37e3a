/**
 * Whom a container runs as.
 * Upstream: pkg/kubelet/kuberuntime/security_context.go, containerd's pkg/oci/spec_opts.go
 */
import { decodeUtf8 } from '../../../kernel/index.ts';
import type { FileSystem } from '../../../shell/index.ts';
import type { Container, Pod } from '../../../api/generated/types.ts';
import { ConfigError } from './config-source.ts';

export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly name: string;
  readonly home: string;
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** @param imageUser the image's `USER`, e.g. `nginx`, `101:101` */
export function userOf(
  pod: Pod,
  container: Container,
  imageUser: string | undefined,
  imageFiles: FileSystem,
): ContainerUser {
  const podContext = pod.spec.securityContext;
  const own = container.securityContext;
  const [imageName = '', imageGroup] = (imageUser ?? '').split(':');
  const accounts = accountsOf(imageFiles);
  const wanted = own?.runAsUser ?? podContext?.runAsUser ?? (imageName || 0);
  const account = accounts.find(({ name, uid }) =>
    /^\d+$/.test(String(wanted)) ? uid === Number(wanted) : name === wanted,
  );
  const uid = account?.uid ?? (Number(wanted) || 0);
  const isImageUser = String(wanted) === imageName;
  const groupFromImage = isImageUser && /^\d+$/.test(imageGroup ?? '') ? Number(imageGroup) : undefined;
  const gid = own?.runAsGroup ?? podContext?.runAsGroup ?? groupFromImage ?? account?.gid ?? 0;
  const fsGroup = podContext?.fsGroup;
  const groups = [
    ...new Set([gid, ...(podContext?.supplementalGroups ?? []), ...(fsGroup === undefined ? [] : [fsGroup])]),
  ];
  return { uid, gid, groups, name: account?.name ?? String(uid), home: account?.home ?? '/' };
}

/** Throws ConfigError when the pod must not run as root and would. */
export function verifyNonRoot(pod: Pod, container: Container, imageUser: string | undefined): void {
  const podContext = pod.spec.securityContext;
  const own = container.securityContext;
  if (!(own?.runAsNonRoot ?? podContext?.runAsNonRoot)) return;
  const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${container.name})`;
  const runAsUser = own?.runAsUser ?? podContext?.runAsUser;
  if (runAsUser !== undefined) {
    if (runAsUser === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
    return;
  }
  const [name = ''] = (imageUser ?? '').split(':');
  if (name === '' || name === '0') {
    throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
  }
  if (!/^\d+$/.test(name)) {
    throw new ConfigError(
      `container has runAsNonRoot and image has non-numeric user (${name}), cannot verify user is non-root ${where}`,
    );
  }
}

/** An image's accounts never change: they are read once. */
const known = new WeakMap<FileSystem, readonly Account[]>();

function accountsOf(imageFiles: FileSystem): readonly Account[] {
  let accounts = known.get(imageFiles);
  if (!accounts) known.set(imageFiles, (accounts = readAccounts(imageFiles)));
  return accounts;
}

function readAccounts(files: FileSystem): readonly Account[] {
  if (files.stat('/etc/passwd')?.type !== 'file') return [];
  return decodeUtf8(files.read('/etc/passwd'))
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 6)
    .map(([name = '', , uid, gid, , home = '/']) => ({ name, uid: Number(uid), gid: Number(gid), home }));
}
