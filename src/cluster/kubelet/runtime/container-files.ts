/**
 * Puts a container's root file system together: its image's layers, what the runtime brings, the pod's volumes.
 * Upstream: pkg/kubelet/kubelet_pods.go makeMounts, containerd internal/cri/opts/spec_linux_opts.go
 */
import { encodeUtf8, type VirtualClock } from '../../../kernel/index.ts';
import {
  filesMadeLater,
  layeredFileSystem,
  memoryFileSystem,
  restoreSnapshot,
  takeSnapshot,
  type FileSystem,
  type LaterFile,
  type MemoryFileSystem,
} from '../../../shell/index.ts';
import type { Container, VolumeMount } from '../../../api/generated/types.ts';
import { ConfigError } from '../environment/config-source.ts';
import { expand } from '../environment/expand.ts';
import type { MountedVolume } from '../volumes/mounted-volume.ts';
import type { DeviceFiles } from './device-files.ts';

const podFileNames = ['hosts', 'resolv.conf', 'hostname'] as const;

/** The files in /etc that all containers of a pod share, each a tree of its own. */
export type PodFiles = readonly MemoryFileSystem[];

export interface ContainerFilesInput {
  readonly clock: VirtualClock;
  readonly container: Container;
  readonly imageFiles: FileSystem;
  readonly volumes: ReadonlyMap<string, MountedVolume>;
  readonly environment: ReadonlyMap<string, string>;
  readonly pod: PodFiles;
  readonly devices: DeviceFiles;
}

/** /etc/hosts and its like, as `textOf` gives them when somebody first looks. */
export function makePodFiles(textOf: (name: (typeof podFileNames)[number]) => string, clock: VirtualClock): PodFiles {
  const files = podFileNames.map((name) => ({ content: () => encodeUtf8(textOf(name)) }));
  return filesMadeLater(files, { nowMs: () => clock.nowMs });
}

export function buildContainerFiles(input: ContainerFilesInput): MemoryFileSystem {
  const { clock, container, imageFiles, pod, devices } = input;
  const readOnly = container.securityContext?.readOnlyRootFilesystem ?? false;
  const base = withMountPoints(imageFiles, mountPointsOf(container));
  const files = layeredFileSystem(base, { nowMs: () => clock.nowMs, readOnly });
  const messagePath = container.terminationMessagePath;
  devices.mountOn(files, messagePath);
  const mounts = (container.volumeMounts ?? []).toSorted((a, b) => depthOf(a.mountPath) - depthOf(b.mountPath));
  for (const mount of mounts) mountInto(files, mount, input);
  podFileNames.forEach((name, index) => {
    const path = `/etc/${name}`;
    const isCovered = container.volumeMounts?.some((mount) => mount.mountPath === path);
    if (!isCovered) files.mount(path, pod[index]!, { source: '/dev/vda1', type: 'file' });
  });
  if (messagePath) {
    const [message] = filesMadeLater([emptyMessage], { nowMs: () => clock.nowMs });
    files.mount(messagePath, message!, { source: '/dev/vda1', type: 'file' });
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

/** Anybody in the container may say why it ends. */
const emptyMessage: LaterFile = { mode: 0o666, content: () => new Uint8Array(0) };

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
