/** What a runtime mounts into every container: /dev and a little of /proc. Shared by all containers, copied when written to. */
import { encodeUtf8 } from '../../../kernel/index.ts';
import { layeredFileSystem, memoryFileSystem, type MemoryFileSystem } from '../../../shell/index.ts';

export const kernelVersion = '6.12.48+deb13-cloud-amd64';

const devices = ['null', 'zero', 'full', 'random', 'tty', 'stdin', 'stdout', 'stderr'] as const;

/** The trees of one node. */
export class DeviceFiles {
  readonly #devices = makeDevices();
  /** With the mount point of the termination message, by its path: made once, so that containers share them. */
  readonly #prepared = new Map<string, MemoryFileSystem>();
  readonly #proc: MemoryFileSystem;

  constructor(cpus: number, memoryBytes: number) {
    this.#proc = makeProc(cpus, memoryBytes);
  }

  /** @param messagePath where a file will be mounted, perhaps below /dev */
  mountOn(files: MemoryFileSystem, messagePath = ''): void {
    files.mount('/proc', this.#proc, { readOnly: true, source: 'proc' });
    files.mount('/dev', layeredFileSystem(this.#devicesWith(messagePath)), { source: 'tmpfs' });
  }

  #devicesWith(messagePath: string): MemoryFileSystem {
    if (!/^\/dev\/[^/]+$/.test(messagePath)) return this.#devices;
    let prepared = this.#prepared.get(messagePath);
    if (!prepared) {
      prepared = layeredFileSystem(this.#devices);
      const path = messagePath.slice('/dev'.length);
      if (!prepared.lstat(path)) prepared.write(path, new Uint8Array(0));
      this.#prepared.set(messagePath, prepared);
    }
    return prepared;
  }
}

function makeDevices(): MemoryFileSystem {
  const tree = memoryFileSystem();
  for (const device of devices) tree.makeDevice(`/${device}`, device);
  tree.makeDevice('/urandom', 'random');
  tree.makeDirectory('/shm', { mode: 0o1777 });
  tree.makeDirectory('/pts');
  return tree;
}

function makeProc(cpus: number, memoryBytes: number): MemoryFileSystem {
  const tree = memoryFileSystem();
  const totalKb = Math.floor(memoryBytes / 1024);
  const freeKb = Math.floor(totalKb * 0.62);
  const write = (path: string, lines: readonly string[]) => tree.write(path, encodeUtf8(`${lines.join('\n')}\n`));
  write('/version', [`Linux version ${kernelVersion} (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC`]);
  write(
    '/cpuinfo',
    Array.from({ length: cpus }, (_, index) => [`processor\t: ${index}`, 'model name\t: Virtual CPU', '']).flat(),
  );
  write('/meminfo', [`MemTotal:       ${totalKb} kB`, `MemFree:        ${freeKb} kB`, `MemAvailable:   ${freeKb} kB`]);
  write('/loadavg', ['0.08 0.03 0.01 1/64 1']);
  write('/filesystems', ['nodev\tproc', 'nodev\ttmpfs', 'nodev\toverlay']);
  return tree;
}
