import type { RequestError, TraceMessage } from '../../api/index.ts';
import type { Outcome } from './journey-store.ts';

/** What happened at a hop, in a sentence. */
export function hopText({ verb, from, to, detail, isRefused }: TraceMessage): string {
  if (verb.startsWith('HTTP ')) return `answers ${verb.slice(5)}`;
  const [, what = ''] = verb.split(' ');
  if (to.type === 'dns') {
    if (!isRefused) return `asks for ${what}: it is ${detail}`;
    return detail === 'NXDOMAIN' ? `asks for ${what}: there is no such name` : `asks for ${what}: ${detail}`;
  }
  if (isRefused) return `${what}: ${detail ?? 'refused'}`;
  const picked = /picked (\S+)/.exec(detail ?? '')?.[1];
  if (from.type === 'outside' && to.type === 'service') {
    const [address, port] = what.split(':');
    return `comes in at node port ${port} of ${address}`;
  }
  return picked ? `picks the endpoint ${picked}` : `opens a connection to ${what}`;
}

/** In a word or two, for the map. */
export function refusalText({ detail, to }: TraceMessage): string {
  if (detail && /no endpoints/.test(detail)) return 'no endpoints';
  return to.type === 'dns' && detail === 'NXDOMAIN' ? 'no such name' : (detail ?? 'refused');
}

const failures: Readonly<Record<RequestError, readonly [string, string]>> = {
  NXDOMAIN: [
    'The name is not known',
    'A name is looked up in the sender’s own namespace unless it says another: web, or web.shop.',
  ],
  SERVFAIL: ['The DNS could not answer', ''],
  TIMEOUT: ['The DNS did not answer', 'The sender has no name server that answers from where it is.'],
  ECONNREFUSED: ['Connection refused', ''],
  EHOSTUNREACH: ['No route to host', 'Nobody has that address at the moment, or its node does not answer.'],
  ENETUNREACH: ['Network is unreachable', 'The sender has no network any more.'],
  ETIMEDOUT: ['No answer: the connection timed out', 'What was sent was dropped on the way, without a word back.'],
  ECONNRESET: ['Connection reset', 'The server went away while it was being asked.'],
  'no-sender': ['It could not be sent', 'The sender is no longer there, or none of its containers has started.'],
  closed: ['The server closed the connection without an answer', ''],
  malformed: ['What came back is no HTTP', 'The server speaks another protocol on this port.'],
  timeout: ['The server took the request and did not answer', ''],
};

export interface Verdict {
  readonly isGood: boolean;
  readonly title: string;
  /** What it means, and what to look at. */
  readonly text: string;
}

/** How it ended, for people. */
export function verdictOf(outcome: Outcome, last: TraceMessage | undefined): Verdict {
  if (outcome.type === 'answer') {
    const { status, reason, tookMs } = outcome;
    return { isGood: status < 400, title: `${status} ${reason}`, text: `after ${formatMs(tookMs)}` };
  }
  const [title, text] = failures[outcome.error];
  return { isGood: false, title, text: outcome.error === 'ECONNREFUSED' ? whyRefused(last) : text };
}

function whyRefused(last: TraceMessage | undefined): string {
  if (last?.to.type === 'service') {
    return 'At the service: no pod that its selector matches is Ready, so there is nobody to hand the connection to.';
  }
  if (last?.to.type === 'pod') {
    return 'At the pod: it is there, and nothing listens on that port. Compare the service’s targetPort with the port that the program listens on.';
  }
  return 'Nothing listens there.';
}

const formatMs = (ms: number): string =>
  ms < 1_000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
