/** What an event on the clock is about; the timeline shows it and a step stops at it. */
export interface Label {
  /** Who acts: `apiserver`, `scheduler`, `kubelet/node-1`, `controller/deployment`, `process`. */
  readonly component: string;
  /** What happens, as a verb: `watch`, `reconcile`, `pull image`. */
  readonly action: string;
  /** What it happens to: `pods/default/web-1`. */
  readonly subject?: string;
}
