import { ApiError, type TracePlace } from '../../api/index.ts';
import type { Trace } from '../trace.ts';

const apiserver: TracePlace = { type: 'apiserver', name: '' };

export interface RequestMessage {
  /** Who asks. */
  readonly place: TracePlace;
  readonly nowMs: number;
  readonly verb: string;
  readonly subject: string;
}

/** Runs a request as what it is in the picture: a message to the API server, and one back when it is refused. */
export function tracedRequest<R>(trace: Trace, { place, nowMs, verb, subject }: RequestMessage, run: () => R): R {
  const id = trace.record({
    sentMs: nowMs,
    arrivesMs: nowMs,
    kind: 'request',
    from: place,
    to: apiserver,
    verb,
    subject,
  });
  try {
    return trace.during(id, run);
  } catch (error) {
    if (error instanceof ApiError) {
      trace.record({
        causeId: id,
        sentMs: nowMs,
        arrivesMs: nowMs,
        kind: 'request',
        from: apiserver,
        to: place,
        verb: String(error.code),
        subject,
        isRefused: true,
        detail: error.message,
      });
    }
    throw error;
  }
}
