/** What shows the terminal: xterm.js has exactly this. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string | Uint8Array): void;
  /** What the user types or pastes, as a terminal encodes it. */
  onData(listener: (data: string) => void): Disposable;
  onResize?(listener: (size: { readonly columns: number; readonly rows: number }) => void): Disposable;
}

export interface Disposable {
  dispose(): void;
}
