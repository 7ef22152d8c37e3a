import type { KubeApi } from '../client/index.ts';
import { apiOverPort } from '../transport/index.ts';
import type { BootReport, BootRequest, BugReport, WorkerMessage } from './protocol.ts';

export interface RunningWorker {
  readonly api: KubeApi;
  /** Resolves once the cluster stands. */
  readonly booted: Promise<BootReport>;
  terminate(): void;
}

/** Starts a cluster in a Web Worker; called by the page. */
export function startWorker(
  options: Omit<BootRequest, 'type' | 'port'>,
  onBug: (bug: BugReport) => void,
): RunningWorker {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'cluster' });
  const { port1, port2 } = new MessageChannel();
  const booted = new Promise<BootReport>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.type === 'booted') resolve(data);
      else onBug(data);
    });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
  });
  const request: BootRequest = { type: 'boot', port: port2, ...options };
  worker.postMessage(request, [port2]);
  return { api: apiOverPort(port1), booted, terminate: () => worker.terminate() };
}
