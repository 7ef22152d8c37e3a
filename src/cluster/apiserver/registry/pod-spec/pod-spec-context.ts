/** Where a pod spec stands: some rules hold for pods only, others for templates of pods too. */
export interface PodSpecContext {
  readonly isPod: boolean;
  /** Undefined in a template. */
  readonly podName?: string;
  readonly isMirrorPod?: boolean;
}

export const inTemplate: PodSpecContext = { isPod: false };
