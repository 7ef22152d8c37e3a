import type { Container as ContainerSpec, Pod } from '../../api/generated/types.ts';
import type { Label } from '../../kernel/index.ts';
import { BackOff } from './back-off.ts';
import type { NodeParts } from './node-parts.ts';
import type { Relisted } from './pleg.ts';
import type { Container } from './runtime/container.ts';
import type { PodFiles } from './runtime/container-files.ts';
import { PodRuntime } from './runtime/pod-runtime.ts';
import type { StartProblem } from './status/container-statuses.ts';
import { crashBackOffMs, pullBackOffMs } from './timing.ts';
import type { MountedVolume } from './volumes/mounted-volume.ts';

/** Hears of what its containers do. */
export interface PodWatcher extends Relisted {
  containerExited(container: Container, startId: number): void;
}

/** What the kubelet knows of one of its pods, for those parts of it that work on the pod. */
export class PodState {
  readonly parts: NodeParts;
  /** As the API has it, as far as the watch has told. */
  pod: Pod;
  readonly runtime: PodRuntime;
  /** Why containers could not be started, by name. */
  readonly problems = new Map<string, StartProblem>();
  readonly volumes = new Map<string, MountedVolume>();
  /** /etc/hosts and its like; made when a container first looks. */
  files: PodFiles | undefined;
  /** Who is told what happens to the containers. */
  worker: PodWatcher | undefined;
  #graceListeners: Set<() => void> | undefined;
  #lastPullErrors: Map<string, string> | undefined;
  #crashBackOff: BackOff | undefined;
  #pullBackOff: BackOff | undefined;

  /** @param remains what the runtime still knows of the pod from before a reboot */
  constructor(parts: NodeParts, pod: Pod, remains: PodRuntime | undefined) {
    this.parts = parts;
    this.pod = pod;
    this.runtime = remains ?? new PodRuntime();
  }

  /** `default/web` */
  get key(): string {
    return `${this.pod.metadata.namespace}/${this.pod.metadata.name}`;
  }

  /** `web_default(uid)`: how the kubelet names a pod in messages. */
  get description(): string {
    const { name, namespace, uid } = this.pod.metadata;
    return `${name}_${namespace}(${uid})`;
  }

  get crashBackOff(): BackOff {
    return (this.#crashBackOff ??= new BackOff(crashBackOffMs.first, crashBackOffMs.limit));
  }

  /** What the last failed pull of each image said. */
  get lastPullErrors(): Map<string, string> {
    return (this.#lastPullErrors ??= new Map());
  }

  get pullBackOff(): BackOff {
    return (this.#pullBackOff ??= new BackOff(pullBackOffMs.first, pullBackOffMs.limit));
  }

  label(action: string): Label {
    return { component: this.parts.context.component, action, subject: `pods/${this.key}` };
  }

  /** Calls back when the time that is left for the end of the pod has changed. */
  onGraceChange(listener: () => void): () => void {
    const listeners = (this.#graceListeners ??= new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  graceChanged(): void {
    for (const listener of this.#graceListeners ?? []) listener();
  }

  /** An event about the pod, or about one of its containers. */
  record(type: 'Normal' | 'Warning', reason: string, message: string, container?: ContainerSpec): void {
    // What happens while nobody can be told is forgotten.
    if (this.parts.isConnected())
      this.parts.context.events.record(this.pod, type, reason, message, container && this.#fieldPath(container));
  }

  /** The spec of a container of any sort. */
  specOf(name: string): ContainerSpec | undefined {
    const { containers, initContainers = [], ephemeralContainers = [] } = this.pod.spec;
    const all: readonly { readonly name: string }[] = [...containers, ...initContainers, ...ephemeralContainers];
    return all.find((each) => each.name === name);
  }

  #fieldPath({ name }: ContainerSpec): string {
    const { spec } = this.pod;
    const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;
    const list = lists.find((field) => spec[field]?.some((each) => each.name === name));
    return `spec.${list ?? 'containers'}{${name}}`;
  }
}
