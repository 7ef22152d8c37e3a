/** A volume of a pod on this node, as its containers find it. */
import type { VirtualClock } from '../../../kernel/index.ts';
import { memoryFileSystem, type MemoryFileSystem } from '../../../shell/index.ts';
import type { Pod, Volume } from '../../../api/generated/types.ts';
import { goQuote } from '../../../api/json.ts';
import { parseQuantity, quantityValue } from '../../../api/quantity.ts';
import { ConfigError, MountError } from '../environment/config-source.ts';
import { writeAtomically } from './atomic-tree.ts';
import { payloadOf, type PayloadInput } from './payload.ts';
import type { PersistentStorage, PersistentVolumeMount } from './persistent-storage.ts';

export interface MountedVolume {
  readonly name: string;
  /** What `mount` shows as its device. */
  readonly source: string;
  /** Shows objects of the API: mounted read-only whatever the container says, and renewed as a whole. */
  readonly isProjection: boolean;
  /** Mounted read-only whatever the container says. */
  readonly isReadOnly?: boolean;
  /** Made when a container first looks. */
  tree(): MemoryFileSystem;
  /** Brings what it shows up to date; nothing to do for volumes that show nothing. */
  refresh(input: PayloadInput): void;
}

/** Sets a volume up. Throws ConfigError, with what comes behind `MountVolume.SetUp failed for volume "x" : `. */
export function mountVolume(
  volume: Volume,
  input: PayloadInput,
  clock: VirtualClock,
  nodeFiles: MemoryFileSystem,
  storage: PersistentStorage,
): MountedVolume {
  const { emptyDir, hostPath } = volume;
  const persistent = storage.find(input.pod, volume);
  if (persistent) return persistentVolume(persistent, input.pod, nodeFiles);
  if (emptyDir) return scratchVolume(volume, input.pod, clock);
  if (hostPath) return hostVolume(volume.name, hostPath.path, hostPath.type ?? '', nodeFiles);
  // Looks whether everything is there; the files themselves are made when somebody reads them.
  if (payloadOf(volume, { ...input, token: () => '' }) === undefined) throw new ConfigError('no volume plugin matched');
  return payloadVolume(volume, input, clock);
}

function payloadVolume(volume: Volume, first: PayloadInput, clock: VirtualClock): MountedVolume {
  let tree: MemoryFileSystem | undefined;
  let isFilled = false;
  let input = first;
  const group = first.pod.spec.securityContext?.fsGroup;
  const write = (into: MemoryFileSystem) =>
    writeAtomically(into, payloadOf(volume, input) ?? [], { nowMs: clock.nowMs, group });
  const fill = (into: MemoryFileSystem) => {
    isFilled = true;
    into.setMode('/', 0o1777);
    write(into);
  };
  return {
    name: volume.name,
    source: 'tmpfs',
    isProjection: true,
    tree: () => (tree ??= memoryFileSystem({ nowMs: () => clock.nowMs, fill })),
    refresh(next) {
      input = next;
      if (tree && isFilled) write(tree);
    },
  };
}

function scratchVolume({ name, emptyDir }: Volume, pod: Pod, clock: VirtualClock): MountedVolume {
  const isMemory = emptyDir?.medium === 'Memory';
  const limit = emptyDir?.sizeLimit;
  let tree: MemoryFileSystem | undefined;
  return {
    name,
    source: isMemory ? 'tmpfs' : '/dev/vda1',
    isProjection: false,
    tree() {
      if (!tree) {
        // Only memory is bounded at once; a disk's limit is the eviction's business.
        const capacityBytes = isMemory && limit ? quantityValue(parseQuantity(limit)) : undefined;
        tree = memoryFileSystem({ nowMs: () => clock.nowMs, ...(capacityBytes && { capacityBytes }) });
        const fsGroup = pod.spec.securityContext?.fsGroup;
        if (fsGroup !== undefined) tree.setOwner('/', 0, fsGroup);
        tree.setMode('/', fsGroup === undefined ? 0o777 : 0o2777);
      }
      return tree;
    },
    refresh() {},
  };
}

function persistentVolume(mount: PersistentVolumeMount, pod: Pod, nodeFiles: MemoryFileSystem): MountedVolume {
  const { volumeName, source, isReadOnly } = mount;
  const name = goQuote(volumeName);
  if (source.local && !nodeFiles.stat(source.local.path)) {
    const reason = `path ${goQuote(source.local.path)} does not exist`;
    throw new MountError(`MountVolume.NewMounter initialization failed for volume ${name} : ${reason}`);
  }
  const path = source.hostPath ?? source.local;
  try {
    const mounted = path
      ? hostVolume(volumeName, path.path, source.hostPath?.type ?? '', nodeFiles)
      : sharedVolume(mount, pod);
    return { ...mounted, isReadOnly };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new MountError(`MountVolume.SetUp failed for volume ${name} : ${error.message}`);
  }
}

/** A disk or a share that is reached over the network. */
function sharedVolume({ volumeName: name, device, tree }: PersistentVolumeMount, { spec }: Pod): MountedVolume {
  const { fsGroup } = spec.securityContext ?? {};
  return {
    name,
    source: device,
    isProjection: false,
    tree() {
      const files = tree();
      if (fsGroup !== undefined) {
        files.setOwner('/', 0, fsGroup);
        files.setMode('/', 0o2775);
      }
      return files;
    },
    refresh() {},
  };
}

function hostVolume(name: string, path: string, type: string, nodeFiles: MemoryFileSystem): MountedVolume {
  const found = nodeFiles.stat(path);
  if (type === 'DirectoryOrCreate' && !found) nodeFiles.makeDirectory(path, { parents: true });
  if (type === 'FileOrCreate' && !found) nodeFiles.write(path, new Uint8Array(0));
  const now = nodeFiles.stat(path);
  if (type.startsWith('Directory') && now?.type !== 'directory') {
    throw new ConfigError(`hostPath type check failed: ${path} is not a directory`);
  }
  if (type.startsWith('File') && now?.type !== 'file') {
    throw new ConfigError(`hostPath type check failed: ${path} is not a file`);
  }
  if (['Socket', 'CharDevice', 'BlockDevice'].includes(type)) {
    const kind = { Socket: 'a socket file', CharDevice: 'a character device', BlockDevice: 'a block device' }[type];
    throw new ConfigError(`hostPath type check failed: ${path} is not ${kind}`);
  }
  // Without a type the runtime makes the directory when it binds it.
  if (!now) nodeFiles.makeDirectory(path, { parents: true });
  return { name, source: '/dev/vda1', isProjection: false, tree: () => nodeFiles.subtree(path), refresh() {} };
}
