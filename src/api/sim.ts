/**
 * Time and accidents, under `/sim/` on the same handler. No Kubernetes API: kubectl and the checks never use it.
 *
 * | request | body | answer |
 * |---|---|---|
 * | GET /sim/clock | | ClockState |
 * | GET /sim/clock?watch=true | | a stream of ClockState lines (JSON, one a line), at each change and 10 times a second while running |
 * | PATCH /sim/clock | `{ isPaused?, speed? }` | ClockState |
 * | POST /sim/step | `{ count? }` | `{ events: ClockEvent[] }`: runs the next events although the clock is paused |
 * | POST /sim/run | `{ untilMs }` or `{ forMs }` | ClockState, once that time is reached, as fast as the machine allows, paused or not |
 * | GET /sim/sleep?untilMs= | | ClockState, once virtual time has come there at whatever pace it runs |
 * | GET /sim/events?limit= | | `{ events: ClockEvent[] }`: the latest, oldest first |
 * | GET /sim/trace?afterId=&watch=true | | TraceMessage lines |
 * | GET /sim/why?resource=&namespace=&name= | | `{ messages: TraceMessage[] }`: the chain of causes that led to the object's latest change |
 * | GET /sim/scheduling?namespace=&name= | | `{ decision?: SchedulingDecision }`: what the scheduler last decided about a pod, node by node |
 * | GET /sim/faults | | `{ faults: Fault[] }` |
 * | POST /sim/faults | Fault | `{ faults }` |
 * | DELETE /sim/faults | Fault | `{ faults }` |
 * | GET /sim/journal | | the Session (JSON) |
 * | POST /sim/seek | `{ atMs }` | ClockState: replays to an earlier time; what came after is forgotten |
 * | CONNECT /sim/dial?host=&port= | | a raw TCP connection from the learner's workstation into the cluster (KubeApi.connect; chunks are bytes) |
 * | CONNECT /sim/request?from=&host=&port=&path= | | RequestNews lines: one HTTP GET and the hops it takes. `from` is `outside`, `nodes/NAME` or `pods/NAMESPACE/NAME` |
 */
export interface ClockState {
  /** Virtual time in milliseconds since 1970. */
  readonly nowMs: number;
  readonly isPaused: boolean;
  /** Virtual seconds per second of wall time; 0 stands for "as fast as possible". */
  readonly speed: number;
  /** How many events have run. */
  readonly executed: number;
  /** Why time stands still although it should run: code that cannot be fetched. */
  readonly problem?: string;
}

export interface ClockEvent {
  readonly atMs: number;
  readonly label: { readonly component: string; readonly action: string; readonly subject?: string };
}

/** Something broken on purpose. */
export type Fault =
  { readonly type: 'node-down'; readonly node: string } | { readonly type: 'node-network-down'; readonly node: string };

/**
 * The messages that travel between the parts of the cluster: what the topology animates and what "why" follows back.
 * Recording one never changes what happens.
 */
export type TraceKind =
  | 'request' // a client asks the API server
  | 'write' // the API server writes to etcd
  | 'watch' // the API server tells a watcher
  | 'bind' // the scheduler's pick
  | 'pull' // a kubelet pulls an image
  | 'start' // a container starts
  | 'exit' // a container ends
  | 'probe' // a kubelet probes a container
  | 'packet'; // one hop of a connection

/** A part of the cluster, or something in it. `name` is empty where there is one only. */
export interface TracePlace {
  readonly type:
    | 'client'
    | 'apiserver'
    | 'etcd'
    | 'scheduler'
    | 'controller'
    | 'kubelet'
    | 'registry'
    | 'dns'
    | 'node'
    | 'pod'
    | 'service'
    | 'outside';
  /** Controller name, node name, or `namespace/name`. */
  readonly name: string;
}

export interface TraceMessage {
  /** Counts up from 1. */
  readonly id: number;
  /** The message that led to this one. */
  readonly causeId?: number;
  /** Virtual time in milliseconds since 1970 when it left, and when it arrives. */
  readonly sentMs: number;
  readonly arrivesMs: number;
  readonly kind: TraceKind;
  readonly from: TracePlace;
  readonly to: TracePlace;
  /** What it does: `create`, `MODIFIED`, `GET /healthz`. */
  readonly verb: string;
  /** What it is about: `pods/default/web-1`. */
  readonly subject?: string;
  /** Whether it was let through. */
  readonly isRefused?: boolean;
  /** One sentence for people: why it was refused, what was picked. */
  readonly detail?: string;
}

/** How an HTTP request went on its way: a hop when it is taken, and last how it ended. Times are virtual milliseconds. */
export type RequestNews =
  | { readonly type: 'hop'; readonly hop: TraceMessage }
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly reason: string;
      /** The beginning of it, as text. */
      readonly body: string;
      readonly tookMs: number;
    }
  | { readonly type: 'failure'; readonly error: RequestError; readonly tookMs: number };

/** Why there was no answer: as the resolver, connect(2) or HTTP say it. */
export type RequestError =
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'TIMEOUT'
  | 'ECONNREFUSED'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  | 'ETIMEDOUT'
  | 'ECONNRESET'
  /** Whoever was asked for it as the sender cannot send. */
  | 'no-sender'
  | 'closed'
  | 'malformed'
  | 'timeout';

/** What the scheduler decided about a pod, to be shown. */
export interface SchedulingDecision {
  /** Virtual time in milliseconds since 1970. */
  readonly atMs: number;
  readonly outcome: 'scheduled' | 'unschedulable' | 'error';
  /** The node that was picked, or that preemption promises. */
  readonly node?: string;
  readonly message?: string;
  readonly nodes: readonly SchedulingVerdict[];
}

export interface SchedulingVerdict {
  readonly node: string;
  /** The first plugin that said no, and why; absent when none did. */
  readonly refusedBy?: { readonly plugin: string; readonly reasons: readonly string[] };
  /** Missing when the node was refused, or was the only one. */
  readonly scores?: readonly { readonly plugin: string; readonly weight: number; readonly normalised: number }[];
  readonly total?: number;
}
