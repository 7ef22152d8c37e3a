/**
 * What crosses the port between the page and the worker. Plain objects, structured-cloned; bytes are transferred.
 * Every exchange has an id that the page chose.
 */
export type PageFrame =
  | {
      readonly type: 'request' | 'connect';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body?: ArrayBuffer;
    }
  /** A message of a connection, from the page. */
  | { readonly type: 'data'; readonly id: number; readonly bytes: Uint8Array }
  /** The page will send no more. */
  | { readonly type: 'close'; readonly id: number }
  /** The page no longer wants an answer. */
  | { readonly type: 'cancel'; readonly id: number };

export type WorkerFrame =
  | {
      readonly type: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      /** A refused connection comes with a head too; `isConnection` says that this one was accepted. */
      readonly isConnection: boolean;
    }
  | { readonly type: 'chunk'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly message: string };

/** As much of a MessagePort as is needed; Node's and the browser's both fit. */
export interface FramePort {
  postMessage(frame: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start?(): void;
}
