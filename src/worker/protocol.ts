import type { SavedSession } from '../http/index.ts';

/** What the page says when it starts the worker; the port carries the frames of `transport/`. */
export interface BootRequest {
  readonly type: 'boot';
  readonly port: MessagePort;
  /** A session to play instead of the saved one: from a link, a lesson, an instructor. */
  readonly session?: SavedSession;
  readonly seed: number;
  readonly epochMs: number;
  readonly nodes: number;
  /** Where the session is kept between visits; nowhere when absent. */
  readonly saveAs?: string;
  /** Forget what is saved and start over. */
  readonly fresh?: boolean;
}

/** The worker's answer, once the cluster stands. */
export interface BootReport {
  readonly type: 'booted';
  /** What was played: a saved or given session, or nothing. */
  readonly from: 'saved' | 'given' | 'fresh';
  /** Why a saved session could not be played; it is kept aside under `<saveAs>.broken`. */
  readonly problem?: string;
  /** Wall milliseconds from the request to here. */
  readonly tookMs: number;
}

/** A broken assumption inside the simulator, with what is needed to reproduce it. */
export interface BugReport {
  readonly type: 'bug';
  readonly message: string;
  readonly session: SavedSession;
}

export type WorkerMessage = BootReport | BugReport;
