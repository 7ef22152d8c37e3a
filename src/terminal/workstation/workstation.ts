import type { KubeApi } from '../../client/index.ts';
import { ProcessTable, RandomStream, waitFor } from '../../kernel/index.ts';
import {
  createMachine,
  memoryFileSystem,
  restoreSnapshot,
  takeSnapshot,
  type FileSystem,
  type Machine,
  type TreeSnapshot,
} from '../../shell/index.ts';
import { drydockProgram } from '../drydock/drydock-program.ts';
import { editors } from '../editor/editors.ts';
import { kubectlProgram } from '../kubectl/kubectl-program.ts';
import { workstationNetwork } from '../network/workstation-network.ts';
import { ClusterTime } from '../time/cluster-time.ts';
import { PageTurns } from '../time/page-turns.ts';
import { hostname, learner, writeHome } from './home-files.ts';
import { writeSystem } from './system-files.ts';

export interface WorkstationOptions {
  readonly api: KubeApi;
  /** The home folder as it was. */
  readonly files?: TreeSnapshot;
  /** The lines entered before, oldest first. */
  readonly history?: readonly string[];
  /** The cluster's address, as the kubeconfig names it. */
  readonly server?: string;
  /** Virtual time moves only while somebody waits for it: then programs have to say what time they take. */
  readonly isTimeOnDemand?: boolean;
}

/** What of the workstation outlives a reload. */
export interface WorkstationSnapshot {
  readonly files: TreeSnapshot;
  readonly history: readonly string[];
}

/** The learner's machine. Several terminals may be open on it. */
export interface Workstation {
  readonly api: KubeApi;
  readonly machine: Machine;
  /** With the learner's rights. */
  readonly files: FileSystem;
  readonly home: string;
  readonly time: ClusterTime;
  /** What shells begin with. */
  readonly environment: Readonly<Record<string, string>>;
  /** The lines entered in any of its terminals, oldest first. */
  readonly history: string[];
  snapshot(): WorkstationSnapshot;
  /** Calls back after each command that a terminal has run: files and history may have changed. */
  onChange(listener: () => void): () => void;
  /** For terminals: a command has run. */
  changed(): void;
  /** Ends all processes and stops following the cluster's time. */
  dispose(): void;
}

/** Where a cluster's API server is: its first node. */
const defaultServer = 'https://172.18.0.2:6443';
/** What starting kubectl costs. */
const kubectlStartMs = 40;
const processLimit = 256;

export function createWorkstation(options: WorkstationOptions): Workstation {
  const { api, server = defaultServer, isTimeOnDemand = false } = options;
  const time = new ClusterTime(api);
  const stopFollowing = isTimeOnDemand ? () => {} : time.follow();
  const processes = new ProcessTable(new PageTurns(time, isTimeOnDemand), processLimit);
  startInit(processes);
  const root = memoryFileSystem({ nowMs: () => time.nowMs() });
  const kubectl = kubectlProgram({
    api,
    time,
    reaches: (address) => sameServer(address, server),
    ...(isTimeOnDemand && { startMs: kubectlStartMs }),
  });
  writeSystem(root, hostname, {
    ...editors,
    '/usr/local/bin/kubectl': kubectl,
    '/usr/local/bin/drydock': drydockProgram(api, time),
  });
  writeHome(root, server);
  if (options.files) restoreSnapshot(root, learner.home, options.files);
  const files = root.asUser(learner);
  const machine = createMachine({
    hostname,
    files,
    processes,
    network: workstationNetwork({ api, time, files }),
    random: new RandomStream('workstation'),
    user: learner,
  });
  const history = [...(options.history ?? [])];
  const listeners = new Set<() => void>();
  return {
    api,
    machine,
    files,
    home: learner.home,
    time,
    environment,
    history,
    snapshot: () => ({ files: takeSnapshot(root, learner.home), history: [...history] }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    changed() {
      for (const listener of listeners) listener();
    },
    dispose() {
      stopFollowing();
      for (const process of processes.list()) process.signal('SIGKILL');
    },
  };
}

/** The first process: all others go with it when it ends, and so no shell may be it. */
function startInit(processes: ProcessTable): void {
  processes.spawn({
    argv: ['/sbin/init'],
    *body() {
      yield* waitFor<void>(() => undefined);
      return 0;
    },
  });
}

const environment = {
  HOME: learner.home,
  USER: learner.name,
  LOGNAME: learner.name,
  SHELL: '/bin/bash',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
};

function sameServer(one: string, other: string): boolean {
  const normal = (address: string) => address.replace(/\/+$/, '').replace(/^(https:\/\/[^/:]+)$/, '$1:443');
  return normal(one) === normal(other);
}
