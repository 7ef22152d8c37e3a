import type { Pod } from '../../../api/generated/types.ts';
import { ApiError, formatGoDuration } from '../../../api/index.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ErrorList } from '../../errors/command-error.ts';
import { NamePrinter } from '../../printers/name-printer.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { ResourceClient } from '../../resource/resource-client.ts';
import { pathOf, type RestMapping } from '../../rest/rest-mapper.ts';
import { isEndingTooLong } from './pod-filters.ts';

const retryMs = 5000;
const pollMs = 1000;

/** Evicts or deletes pods and waits until they are gone. Upstream: kubectl/pkg/drain/drain.go DeleteOrEvictPods */
export class PodRemover {
  readonly #invocation: Invocation;
  readonly #mapping: RestMapping;
  readonly #pods: ResourceClient;
  readonly #deadline: Deadline;

  constructor(invocation: Invocation, mapping: RestMapping, pods: ResourceClient, deadline: Deadline) {
    this.#invocation = invocation;
    this.#mapping = mapping;
    this.#pods = pods;
    this.#deadline = deadline;
  }

  async remove(pods: readonly Pod[]): Promise<void> {
    if (pods.length === 0) return;
    if (this.#invocation.flags.getBool('disable-eviction')) await this.#deleteAll(pods);
    else await this.#evictAll(pods);
  }

  async #evictAll(pods: readonly Pod[]): Promise<void> {
    const outcomes = await Promise.allSettled(pods.map((pod) => this.#evictAndWait(pod)));
    this.#invocation.io.signal.throwIfAborted();
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    if (errors.length > 0) throw new ErrorList(errors);
  }

  async #evictAndWait(pod: Pod): Promise<void> {
    const evicted = await this.#evict(pod);
    if (!evicted || this.#isServerDryRun) return;
    try {
      await this.#waitUntilGone(evicted, 'evicted', 'eviction failed');
    } catch (error) {
      const { name, namespace } = pod.metadata;
      throw new CommandError(
        `error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: ${(error as Error).message}`,
      );
    }
  }

  /** Asks until the server allows it. Gives back the pod as it was then; undefined when there is none any more. */
  async #evict(pod: Pod): Promise<Pod | undefined> {
    let active = pod;
    for (;;) {
      const { namespace, name, deletionTimestamp } = active.metadata;
      const title = `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
      this.#invocation.print(`evicting pod ${namespace}/${name}${this.#isServerDryRun ? ' (server dry run)' : ''}\n`);
      if (this.#deadline.isExpired) {
        const timeout = formatGoDuration(this.#invocation.flags.getNumber('timeout'));
        throw new CommandError(`${title}: global timeout reached: ${timeout}`);
      }
      try {
        await this.#sendEviction(active);
        return active;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.reason === 'NotFound') return undefined;
        const isTerminating =
          error.reason === 'Forbidden' &&
          (error.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false);
        if (isTerminating && deletionTimestamp) return active;
        if (error.reason !== 'TooManyRequests' && !isTerminating) throw new CommandError(`${title}: ${error.message}`);
        this.#invocation.complain(
          isTerminating
            ? `error when evicting pod ${JSON.stringify(name)} from terminating namespace ${JSON.stringify(namespace)} (will retry after 5s): ${error.message}\n`
            : `${title} (will retry after 5s): ${error.message}\n`,
        );
        await this.#invocation.io.clock.sleep(retryMs, this.#invocation.io.signal);
      }
      active = ((await this.#pods.find(namespace ?? '', name)) as unknown as Pod | undefined) ?? active;
    }
  }

  async #sendEviction({ metadata: { namespace, name } }: Pod): Promise<void> {
    const client = await this.#invocation.client();
    await client.json({
      method: 'POST',
      path: pathOf(this.#mapping, namespace, name, 'eviction'),
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: this.#deleteOptions(),
      },
    });
  }

  async #deleteAll(pods: readonly Pod[]): Promise<void> {
    for (const { metadata } of pods) {
      try {
        await this.#pods.delete(metadata.namespace ?? '', metadata.name, this.#deleteOptions());
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
      }
    }
    if (this.#isServerDryRun) return;
    await Promise.all(pods.map((pod) => this.#waitUntilGone(pod, 'deleted', 'deletion failed')));
  }

  #deleteOptions(): JsonObject {
    const seconds = this.#invocation.flags.getNumber('grace-period');
    return { ...(seconds >= 0 && { gracePeriodSeconds: seconds }), ...(this.#isServerDryRun && { dryRun: ['All'] }) };
  }

  async #waitUntilGone(pod: Pod, done: string, failed: string): Promise<void> {
    const { namespace, name, uid } = pod.metadata;
    const skipAfterSeconds = this.#invocation.flags.getNumber('skip-wait-for-delete-timeout');
    for (;;) {
      let current: Pod | undefined;
      try {
        current = (await this.#pods.find(namespace ?? '', name)) as unknown as Pod | undefined;
      } catch (error) {
        this.#report(pod, failed);
        throw error;
      }
      if (!current || current.metadata.uid !== uid) {
        this.#report(pod, done);
        return;
      }
      if (isEndingTooLong(current, skipAfterSeconds, this.#invocation.nowMs())) {
        this.#invocation.print(
          `pod ${JSON.stringify(name)} has DeletionTimestamp older than ${skipAfterSeconds} seconds, skipping\n`,
        );
        return;
      }
      await this.#invocation.io.clock.sleep(pollMs, this.#deadline.signal).catch((error: unknown) => {
        throw this.#deadline.isExpired ? new CommandError('context deadline exceeded') : error;
      });
    }
  }

  #report(pod: Pod, operation: string): void {
    const suffix = this.#isServerDryRun ? ' (server dry run)' : '';
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: pod.metadata.name } };
    this.#invocation.print(new NamePrinter(operation + suffix).print(object));
  }

  get #isServerDryRun(): boolean {
    return this.#invocation.dryRun() === 'server';
  }
}
