/**
 * One connection of `kubectl port-forward`, into the pod's own network namespace.
 * Upstream: containerd internal/cri/server/sandbox_portforward_linux.go
 */
import {
  Pipe,
  sinkTo,
  type ByteSink,
  type ByteSource,
  type Routine,
  type VirtualClock,
} from '../../../kernel/index.ts';
import type { Network } from '../../network/index.ts';
import { Task } from '../task.ts';

const label = { component: 'kubelet', action: 'forward port' };

/** Undefined when it is known at once that nothing listens there. */
export function forwardPort(
  network: Network,
  clock: VirtualClock,
  podUid: string,
  port: number,
): { readonly source: ByteSource; readonly sink: ByteSink } | undefined {
  if (!network.isListening(podUid, port)) return undefined;
  const toPod = new Pipe();
  const fromPod = new Pipe();
  new Task(clock, label, run(network, clock, podUid, port, toPod, fromPod));
  return {
    source: fromPod.source,
    sink: {
      ...sinkTo(
        (bytes) => toPod.push(bytes),
        () => toPod.end(),
      ),
      write: (bytes) => toPod.sink.write(bytes),
    },
  };
}

function* run(
  network: Network,
  clock: VirtualClock,
  podUid: string,
  port: number,
  toPod: Pipe,
  fromPod: Pipe,
): Routine<void> {
  const connection = yield* network.dialPod(podUid, port);
  if (typeof connection === 'string') {
    fromPod.end();
    return;
  }
  new Task(
    clock,
    label,
    pump(toPod.source, (bytes) => connection.write(bytes)),
    () => connection.shutdown(),
  );
  yield* pump({ read: () => connection.read(), close: () => {} }, (bytes) => fromPod.sink.write(bytes));
  fromPod.end();
  connection.close();
}

/** Moves bytes until either end has had enough. */
function* pump(from: ByteSource, write: (bytes: Uint8Array) => Routine<void>): Routine<void> {
  for (let bytes = yield* from.read(); bytes; bytes = yield* from.read()) {
    try {
      yield* write(bytes);
    } catch {
      // The reader went away; so does what it would have read.
      return;
    }
  }
}
