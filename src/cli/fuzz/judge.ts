import type { FuzzRequest } from './random-request.ts';

/** An answer, read to its end or, where it streams, to its first pause. */
export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Processor time that it took, in milliseconds. */
  readonly cpuMs: number;
}

const maxCpuMs = 100;
/** Stands in a Secret of a namespace that no request names. */
export const marker = 'never-to-be-seen-elsewhere';

/** Where a real API server answers with a 5xx as well: it does not classify these errors, or says to come back later. */
const upstreamsOwn = [
  /^resourceVersion should not be set on objects to be created$/,
  /^resourceVersion: Invalid value: /,
  /^Component not found: /,
  /^\[?target\.(?:kind|name): /,
  /^failed to create typed (?:patch|live|new) object /,
  /^failed to convert new object /,
  / does not contain declared merge key: /,
  /^Timeout: Too large resource version: /,
];

function failsInUpstreamToo(text: string): boolean {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' && upstreamsOwn.some((known) => known.test(message));
  } catch {
    return false;
  }
}

/** What is wrong with an answer; undefined when it is as it must be. */
export function complaintAbout(request: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, text, cpuMs } = answer;
  if (status >= 500 && !failsInUpstreamToo(text)) return `answers ${status}: ${text.slice(0, 500)}`;
  if (status < 200) return `answers ${status}`;
  if (cpuMs > maxCpuMs) return `takes ${cpuMs.toFixed()} ms`;
  if (request.namespace !== undefined && text.includes(marker)) return 'shows what belongs to another namespace';
  if (request.method === 'HEAD' || !answer.contentType.startsWith('application/json')) return undefined;
  return complaintAboutJson(request, answer);
}

function complaintAboutJson(request: FuzzRequest, { status, text }: FuzzAnswer): string | undefined {
  const values = parseAll(text);
  if (!values) return `is no JSON: ${text.slice(0, 200)}`;
  for (const value of values) {
    const complaint = status >= 400 ? complaintAboutStatus(value, status) : complaintAboutNamespace(value, request);
    if (complaint) return complaint;
  }
  return undefined;
}

/** One value, or of a watch one for each line. */
function parseAll(text: string): readonly unknown[] | undefined {
  for (const parts of [[text], text.split('\n').filter(Boolean)]) {
    try {
      return parts.map((part) => JSON.parse(part) as unknown);
    } catch {
      // Then perhaps line by line, or not at all.
    }
  }
  return undefined;
}

function complaintAboutStatus(value: unknown, status: number): string | undefined {
  const { kind, apiVersion, status: result, message, reason, code } = (value ?? {}) as Record<string, unknown>;
  const isProper =
    kind === 'Status' && apiVersion === 'v1' && result === 'Failure' && code === status && typeof message === 'string';
  // What upstream does not tell apart has no reason.
  const hasReason = typeof reason === 'string' || (status >= 500 && reason === undefined);
  if (!isProper || message === '' || !hasReason) return `is no proper Status: ${JSON.stringify(value)}`;
  return undefined;
}

interface Visible {
  readonly metadata?: { readonly namespace?: string };
  readonly items?: readonly Visible[] | null;
  readonly object?: Visible;
  readonly rows?: readonly { readonly object?: Visible | null }[];
}

function complaintAboutNamespace(value: unknown, { namespace }: FuzzRequest): string | undefined {
  if (typeof value !== 'object' || value === null) return `is no object: ${JSON.stringify(value)}`;
  const visible = value as Visible;
  const all = [visible, visible.object, ...(visible.items ?? []), ...(visible.rows ?? []).map(({ object }) => object)];
  for (const one of all) {
    const seen = one?.metadata?.namespace;
    if (namespace !== undefined && seen && seen !== namespace) return `shows an object of namespace ${seen}`;
  }
  return undefined;
}
