import type { TracePlace } from '../../api/index.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import type { Trace } from '../trace.ts';
import type { ApiClient } from './api-client.ts';
import type { EventRecorder } from './event-recorder.ts';
import type { InformerFactory } from './informer.ts';
import type { WorkQueue, WorkQueueOptions } from './work-queue.ts';

/** What every component of the control plane and every kubelet is given by the composition root. */
export interface ComponentContext {
  /** `controller/deployment`, `scheduler`, `kubelet/node-1`: labels, random stream, trace. */
  readonly component: string;
  readonly place: TracePlace;
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  /** Speaks as the component's own user, with its field manager. */
  readonly client: ApiClient;
  /** One factory for the controller manager, one for the scheduler, one for all kubelets together. */
  readonly informers: InformerFactory;
  readonly events: EventRecorder;
  /** A work queue whose items run as labelled events on the clock. */
  queue(options: Omit<WorkQueueOptions, 'clock' | 'random' | 'trace' | 'component'>): WorkQueue;
}
