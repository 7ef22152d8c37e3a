/** The Kubernetes whose behaviour this is: the one place that says so. */
export const kubernetesVersion = {
  major: '1',
  minor: '35',
  gitVersion: 'v1.35.2',
  /** What the official build of that release says of itself; `kubectl --match-server-version` compares it. */
  gitCommit: 'fdc9d74cbf2da6754ebf81d56f80ae2948cd6425',
  buildDate: '2026-02-26T20:05:34Z',
  goVersion: 'go1.25.7',
} as const;
