/**
 * Leads one pod through its life on the node: admitted, synced until its containers run, ended, removed.
 * Upstream: pkg/kubelet/pod_workers.go, pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod
 */
import type { Cancel, Routine } from '../../kernel/index.ts';
import type { Pod, PodStatus } from '../../api/generated/types.ts';
import { parseRfc3339 } from '../../api/time.ts';
import { endPod, graceSecondsOf } from './lifecycle/end-pod.ts';
import { syncContainers, type SyncOutcome } from './lifecycle/sync-containers.ts';
import type { NodeParts } from './node-parts.ts';
import { PodState, type PodWatcher } from './pod-state.ts';
import { PodProbes } from './probes/pod-probes.ts';
import { makePodProbes } from './probes/make-pod-probes.ts';
import type { Container } from './runtime/container.ts';
import type { PodRuntime } from './runtime/pod-runtime.ts';
import { podStatusOf } from './status/pod-status.ts';
import { StatusWriter } from './status/status-writer.ts';
import { pause, Task } from './task.ts';
import { errorRetryMs, resyncMs, timing } from './timing.ts';
import { mountVolumes, refreshVolumes } from './volumes/mount-volumes.ts';
import { referencesOf } from './volumes/config-feed.ts';

type Stage = 'syncing' | 'terminating' | 'terminated' | 'gone';

interface Verdict {
  readonly reason: string;
  readonly message: string;
}

export class PodWorker implements PodWatcher {
  readonly state: PodState;
  readonly #parts: NodeParts;
  readonly #writer: StatusWriter;
  readonly #onGone: () => void;
  readonly #probes: PodProbes;
  #stage: Stage = 'syncing';
  #task: Pick<Task, 'cancel'> | undefined;
  #isPending = false;
  #isAdmitted = false;
  #isFinished = false;
  #lastSyncMs = 0;
  #retry: Cancel | undefined;
  #deadline: Cancel | undefined;
  #verdict: Verdict | undefined;
  #stopConfigUpdates: (() => void) | undefined;
  #configResync: Cancel | undefined;

  /**
   * @param remains what the runtime still knows of the pod from before a reboot
   * @param onGone the pod has left the node and the API
   */
  constructor(parts: NodeParts, pod: Pod, remains: PodRuntime | undefined, onGone: () => void) {
    this.#parts = parts;
    this.#onGone = onGone;
    this.state = new PodState(parts, pod, remains);
    this.state.worker = this;
    this.#probes = makePodProbes(this.state, () => this.requestSync());
    this.#writer = new StatusWriter(pod, {
      clock: parts.clock,
      component: parts.context.component,
      client: parts.pods,
      delayMs: () => timing.writeStatus(parts.random),
      isConnected: parts.isConnected,
    });
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** What the kubelet thinks of the pod now: ahead of the API by a moment. */
  get status(): PodStatus {
    return this.#writer.status;
  }

  /** The pod is new on this node. */
  begin(): void {
    const { pod } = this.state;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
      // It ended before this kubelet came up.
      this.#stage = 'terminated';
      this.#finishIfDeleted();
      return;
    }
    if (pod.metadata.deletionTimestamp === undefined && !this.#admit()) return;
    if (pod.metadata.deletionTimestamp !== undefined) this.#terminate();
    else this.#sync();
  }

  /** The API has changed the pod. */
  podChanged(pod: Pod): void {
    const old = this.state.pod;
    this.state.pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined) {
      if (this.#stage === 'syncing') this.#terminate();
      else if (this.#stage === 'terminated') this.#finishIfDeleted();
      else if (graceSecondsOf(pod) < graceSecondsOf(old)) this.state.graceChanged();
      return;
    }
    if (pod.status !== old.status) this.#writer.reconcile(pod);
    // Our own status writes come back here; only what others have changed matters.
    const isSame = pod.spec === old.spec || pod.metadata.generation === old.metadata.generation;
    const isRelabelled =
      pod.metadata.labels !== old.metadata.labels || pod.metadata.annotations !== old.metadata.annotations;
    if (!isSame) this.requestSync();
    if (isRelabelled && this.#stage === 'syncing') refreshVolumes(this.state);
    if ((pod.spec.readinessGates?.length ?? 0) > 0 && pod.status.conditions !== old.status.conditions)
      this.requestSync();
  }

  /** The API has lost the pod: somebody deleted it by force. What runs is stopped without telling anybody. */
  podRemoved(): void {
    this.#writer.stop();
    if (this.#stage === 'syncing') this.#terminate();
    else if (this.#stage === 'terminated') this.#leave();
  }

  relisted(): void {
    if (this.#task) this.#isPending = true;
    else this.#sync();
  }

  /** Something else than the runtime has changed: a probe's result, the spec. */
  requestSync(): void {
    if (this.#stage !== 'syncing') return;
    if (this.#task) this.#isPending = true;
    else if (this.#parts.pleg.lastMs > this.#lastSyncMs) this.#sync();
    else this.#parts.pleg.mark(this);
  }

  containerExited(container: Container, startId: number): void {
    const { clock, context, pleg } = this.#parts;
    if (this.#stage === 'gone') return;
    const how = container.exitCode === 0 ? 'exit 0' : `exit ${container.exitCode}`;
    context.trace.record({
      kind: 'exit',
      sentMs: clock.nowMs,
      arrivesMs: clock.nowMs,
      from: { type: 'pod', name: this.state.key },
      to: context.place,
      verb: how,
      subject: `pods/${this.state.key}`,
      causeId: startId,
    });
    pleg.mark(this);
  }

  /** The node is gone: nothing more is done or told, and what ran does not run any more. */
  abandon(): void {
    this.#stage = 'gone';
    this.#cancelAll();
    this.#task?.cancel();
    this.#probes.stop();
    this.#writer.stop();
    for (const container of this.state.runtime.running) container.vanish();
    this.#parts.network.detachPod(this.state.pod.metadata.uid);
    this.state.runtime.network = undefined;
  }

  #admit(): boolean {
    const { state } = this;
    const node = this.#parts.currentNode();
    const rejection = this.#parts.admission.admit(state.pod, node);
    if (!rejection) {
      this.#isAdmitted = true;
      return true;
    }
    state.record('Warning', rejection.reason, rejection.message);
    this.#verdict = { reason: rejection.reason, message: `Pod was rejected: ${rejection.message}` };
    this.#setStatus(true);
    this.#stage = 'terminated';
    return false;
  }

  #sync(): void {
    if (this.#stage !== 'syncing') return;
    this.#retry?.();
    this.#retry = undefined;
    this.#isPending = false;
    const task = new Task(this.#parts.clock, this.state.label('sync pod'), this.#syncOnce(), (outcome) => {
      this.#task = undefined;
      this.#synced(outcome);
    });
    if (!task.isOver) this.#task = task;
  }

  *#syncOnce(): Routine<SyncOutcome> {
    this.#probes.observe(this.state.runtime);
    this.#setStatus(false);
    this.#watchDeadline();
    const { phase } = this.status;
    if (this.#verdict || phase === 'Succeeded' || phase === 'Failed') return { isEnded: true };
    const mounted = yield* mountVolumes(this.state);
    if (!mounted) return {};
    this.#watchConfig();
    return yield* syncContainers(this.state, this.#probes);
  }

  #synced({ isEnded, isFailed, retryMs }: SyncOutcome): void {
    const { clock, pleg, random } = this.#parts;
    this.#lastSyncMs = clock.nowMs;
    if (isEnded) return this.#terminate();
    if (this.#isPending) {
      pleg.mark(this);
      return;
    }
    if (!isFailed) return;
    const waitMs = retryMs === undefined ? errorRetryMs : Math.min(Math.max(0, retryMs - clock.nowMs), resyncMs);
    this.#retry = clock.schedule(waitMs * random.between(1, 1.5), this.state.label('retry'), () => this.#sync());
  }

  #setStatus(isTerminal: boolean): void {
    const { state } = this;
    this.#writer.set(
      podStatusOf({
        pod: state.pod,
        previous: this.status,
        runtime: state.runtime,
        problems: state.problems,
        readiness: this.#probes,
        hostIP: this.#parts.node.address,
        nowMs: this.#parts.clock.nowMs,
        isTerminal,
        ...(this.#verdict && { verdict: this.#verdict }),
      }),
    );
  }

  /** activeDeadlineSeconds, counted from the start of the pod. Upstream: pkg/kubelet/active_deadline.go */
  #watchDeadline(): void {
    const seconds = this.state.pod.spec.activeDeadlineSeconds;
    if (seconds === undefined || this.#deadline) return;
    const { clock } = this.#parts;
    const startMs = parseRfc3339(this.status.startTime ?? '') ?? clock.nowMs;
    const leftMs = Math.max(0, startMs + seconds * 1000 - clock.nowMs);
    this.#deadline = clock.schedule(leftMs, this.state.label('deadline'), () => {
      if (this.#stage !== 'syncing') return;
      const message = 'Pod was active on the node longer than the specified deadline';
      this.state.record('Normal', 'DeadlineExceeded', message);
      this.#verdict = { reason: 'DeadlineExceeded', message };
      this.#setStatus(false);
      this.#terminate();
    });
  }

  /** Config maps and secrets that the volumes show: changes come with one of the next syncs. */
  #watchConfig(): void {
    if (this.#stopConfigUpdates) return;
    const references = referencesOf(this.state.pod);
    const { clock, random, configFeed } = this.#parts;
    this.#stopConfigUpdates = configFeed.subscribe(references, () => {
      this.#configResync ??= clock.schedule(timing.configResync(random), this.state.label('update volumes'), () => {
        this.#configResync = undefined;
        if (this.#stage === 'syncing') refreshVolumes(this.state);
      });
    });
  }

  #terminate(): void {
    if (this.#stage !== 'syncing') return;
    this.#stage = 'terminating';
    this.#task?.cancel();
    this.#task = undefined;
    this.#cancelAll();
    this.#task = new Task(this.#parts.clock, this.state.label('terminate pod'), this.#end());
  }

  *#end(): Routine<void> {
    const { state } = this;
    this.#probes.stop(['startup', 'liveness']);
    this.#setStatus(false);
    yield* endPod(state);
    this.#probes.stop();
    const { clock, random, network } = this.#parts;
    yield* pause(clock, timing.tearDown(random), state.label('tear down pod'));
    network.detachPod(state.pod.metadata.uid);
    state.runtime.network = undefined;
    state.volumes.clear();
    state.files = undefined;
    this.#setStatus(true);
    this.#stage = 'terminated';
    if (this.#isAdmitted) this.#parts.admission.release(state.pod);
    this.#isAdmitted = false;
    this.#finishIfDeleted();
  }

  /** Everything is gone from the node: the API may forget the pod. */
  #finishIfDeleted(): void {
    const { pod } = this.state;
    this.#writer.flush();
    if (this.#writer.isOver) return this.#leave();
    if (pod.metadata.deletionTimestamp === undefined) return;
    if (!this.#parts.isConnected()) {
      const { clock } = this.#parts;
      this.#retry = clock.schedule(errorRetryMs, this.state.label('retry deletion'), () => this.#finishIfDeleted());
      return;
    }
    // The pod is forgotten here when the watch says that it is gone: finalizers may keep it for a while.
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.#parts.context.client.finishPodDeletion(pod);
  }

  #leave(): void {
    this.#stage = 'gone';
    this.#cancelAll();
    this.#probes.stop();
    this.#onGone();
  }

  #cancelAll(): void {
    this.#retry?.();
    this.#deadline?.();
    this.#configResync?.();
    this.#stopConfigUpdates?.();
    this.#parts.pleg.forget(this);
  }
}
