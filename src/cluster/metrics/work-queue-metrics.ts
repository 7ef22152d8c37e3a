import type { Counter, Metrics } from './metrics.ts';

/** What a work queue reports. */
export interface WorkQueueMetrics {
  added(): void;
  retried(): void;
}

/** Upstream: component-base/metrics/prometheus/workqueue */
export class WorkQueues {
  readonly #adds: Counter;
  readonly #retries: Counter;
  readonly #queues: { readonly name: string; readonly length: () => number }[] = [];

  constructor(metrics: Metrics) {
    const labels = ['name'];
    this.#adds = metrics.counter({
      name: 'workqueue_adds_total',
      help: '[BETA] Total number of adds handled by workqueue',
      labels,
    });
    this.#retries = metrics.counter({
      name: 'workqueue_retries_total',
      help: '[BETA] Total number of retries handled by workqueue',
      labels,
    });
    const depth = { name: 'workqueue_depth', help: '[BETA] Current depth of workqueue', labels };
    metrics.gauge(depth, () => this.#queues.map(({ name, length }) => [[name], length()] as const));
  }

  /** @param name the controller's: `deployment` */
  follow(name: string, length: () => number): WorkQueueMetrics {
    const labels = [name];
    this.#queues.push({ name, length });
    this.#adds.add(labels, 0);
    this.#retries.add(labels, 0);
    return { added: () => this.#adds.add(labels), retried: () => this.#retries.add(labels) };
  }
}
