/**
 * Puts a container's root file system together: its image's layers, what the runtime brings, the pod's volumes.
 * Upstream: pkg/kubelet/kubelet_pods.go makeMounts, containerd internal/cri/opts/spec_linux_opts.go
 */
import { encodeUtf8, type VirtualClock } from '../../../kernel/index.ts';
import {
  layeredFileSystem,
  memoryFileSystem,
  restoreSnapshot,
  takeSnapshot,
  type FileSystem,
  type MemoryFileSystem,
} from '../../../shell/index.ts';
import type { Container, VolumeMount } from '../../../api/generated/types.ts';
import { ConfigError } from '../environment/config-source.ts';
import { expand } from '../environment/expand.ts';
import type { MountedVolume } from '../volumes/mounted-volume.ts';
import type { DeviceFiles } from './device-files.ts';

/** The files that all containers of a pod share. */
export interface PodFiles {
  readonly hosts: string;
  readonly resolvConf: string;
  readonly hostname: string;
}

export interface ContainerFilesInput {
  readonly clock: VirtualClock;
  readonly container: Container;
  readonly imageFiles: FileSystem;
  readonly volumes: ReadonlyMap<string, MountedVolume>;
  readonly environment: ReadonlyMap<string, string>;
  readonly pod: MemoryFileSystem;
  readonly devices: DeviceFiles;
}

/** The tree with /etc/hosts and its like, of which containers see single files. */
export function makePodFiles({ hosts, resolvConf, hostname }: PodFiles, clock: VirtualClock): MemoryFileSystem {
  const tree = memoryFileSystem({ nowMs: () => clock.nowMs });
  tree.write('/hosts', encodeUtf8(hosts));
  tree.write('/resolv.conf', encodeUtf8(resolvConf));
  tree.write('/hostname', encodeUtf8(`${hostname}\n`));
  return tree;
}

export function buildContainerFiles(input: ContainerFilesInput): MemoryFileSystem {
  const { clock, container, imageFiles, pod, devices } = input;
  const readOnly = container.securityContext?.readOnlyRootFilesystem ?? false;
  const base = withMountPoints(imageFiles, mountPointsOf(container));
  const files = layeredFileSystem(base, { nowMs: () => clock.nowMs, readOnly });
  devices.mountOn(files);
  const mounts = (container.volumeMounts ?? []).toSorted((a, b) => depthOf(a.mountPath) - depthOf(b.mountPath));
  for (const mount of mounts) mountInto(files, mount, input);
  for (const name of podFileNames) {
    const path = `/etc/${name}`;
    const isCovered = container.volumeMounts?.some((mount) => mount.mountPath === path);
    if (!isCovered) files.mount(path, pod.subtree(`/${name}`), { source: '/dev/vda1' });
  }
  const messagePath = container.terminationMessagePath;
  if (messagePath) {
    const message = memoryFileSystem({ nowMs: () => clock.nowMs });
    message.write('/message', new Uint8Array(0));
    message.setMode('/message', 0o666);
    files.mount(messagePath, message.subtree('/message'), { source: '/dev/vda1' });
  }
  return files;
}

/** Each image with the mount points that its containers need: the same for all pods of a template, so made once. */
const prepared = new WeakMap<FileSystem, Map<string, MemoryFileSystem>>();

function withMountPoints(imageFiles: FileSystem, directories: readonly string[]): MemoryFileSystem {
  let variants = prepared.get(imageFiles);
  if (!variants) prepared.set(imageFiles, (variants = new Map()));
  const key = directories.join('\0');
  let files = variants.get(key);
  if (!files) {
    files = layeredFileSystem(imageFiles);
    for (const path of ['/proc', '/dev', '/etc', ...directories]) files.makeDirectory(path, { parents: true });
    for (const name of podFileNames) {
      if (!files.lstat(`/etc/${name}`)) files.write(`/etc/${name}`, new Uint8Array(0));
    }
    variants.set(key, files);
  }
  return files;
}

const podFileNames = ['hosts', 'resolv.conf', 'hostname'] as const;

/** Where whole directories are mounted; what a `subPath` shows may be a file. */
function mountPointsOf({ volumeMounts }: Container): readonly string[] {
  return (volumeMounts ?? [])
    .filter(({ subPath, subPathExpr }) => !subPath && !subPathExpr)
    .map(({ mountPath }) => mountPath);
}

function mountInto(files: MemoryFileSystem, mount: VolumeMount, { volumes, environment }: ContainerFilesInput): void {
  const volume = volumes.get(mount.name);
  if (!volume) throw new ConfigError(`cannot find volume "${mount.name}" to mount into container`);
  const tree = volume.tree();
  const subPath = mount.subPathExpr === undefined ? mount.subPath : expand(mount.subPathExpr, environment);
  const options = {
    readOnly: volume.isProjection || (volume.isReadOnly ?? false) || (mount.readOnly ?? false),
    source: volume.source,
  };
  files.mount(mount.mountPath, subPath ? partOf(volume, tree, `/${subPath}`) : tree, options);
}

/**
 * What a `subPath` mounts. A missing one becomes a directory. A part of a projection stays what it was when the
 * container was made: the mount holds on to files that the volume itself drops with its next version.
 */
function partOf({ isProjection }: MountedVolume, tree: MemoryFileSystem, path: string): MemoryFileSystem {
  const stat = tree.stat(path);
  if (!stat) tree.makeDirectory(path, { parents: true, mode: 0o777 });
  if (!isProjection || !stat) return tree.subtree(path);
  const copy = memoryFileSystem();
  if (stat.type === 'directory') {
    restoreSnapshot(copy, '', takeSnapshot(tree, tree.realPath(path)));
    return copy;
  }
  copy.write('/file', tree.read(path));
  copy.setMode('/file', stat.mode);
  copy.setOwner('/file', stat.uid, stat.gid);
  return copy.subtree('/file');
}

function depthOf(path: string): number {
  return path.split('/').length;
}
