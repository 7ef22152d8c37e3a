import type { ProcessTable, RandomStream } from '../../../kernel/index.ts';
import { createMachine, type Machine, type MemoryFileSystem, type Program } from '../../../shell/index.ts';
import type { ContainerStack } from '../../network/index.ts';
import type { ContainerConfig } from './container.ts';

/**
 * What the programs of one container find around them. Files and chance are made when somebody first asks for them.
 * A class because there is one for each container: V8 keeps literals with accessors as dictionaries.
 */
export class ContainerMachine implements Machine {
  readonly processes: ProcessTable;
  readonly network: ContainerStack;
  readonly #config: ContainerConfig;
  readonly #hostRandom: RandomStream;
  #files: MemoryFileSystem | undefined;
  #random: RandomStream | undefined;

  constructor(config: ContainerConfig, processes: ProcessTable, hostRandom: RandomStream) {
    this.#config = config;
    this.processes = processes;
    this.#hostRandom = hostRandom;
    this.network = config.openNetwork(() => this.files);
  }

  get hostname(): string {
    return this.#config.hostname;
  }

  get user(): Machine['user'] {
    return this.#config.user;
  }

  get files(): MemoryFileSystem {
    return (this.#files ??= this.#config.buildFiles().asUser(this.user));
  }

  /** The files, as far as anybody has looked. */
  get knownFiles(): MemoryFileSystem | undefined {
    return this.#files;
  }

  get random(): RandomStream {
    return (this.#random ??= this.#hostRandom.fork(this.#config.id));
  }

  /** Looks into the image where nothing else can be there: most containers never need a tree of their own. */
  loadProgram(path: string): Program | undefined {
    const { imageFiles, mountPaths, hostname, user } = this.#config;
    const isCovered = mountPaths.some((mount) => path === mount || path.startsWith(`${mount}/`));
    const files = this.#files || isCovered ? this.files : imageFiles;
    const { processes, network } = this;
    return createMachine({ hostname, files, processes, network, random: this.#hostRandom, user }).loadProgram(path);
  }
}
