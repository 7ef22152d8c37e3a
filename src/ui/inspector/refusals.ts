/** What the scheduler says about a pod that fits nowhere, taken apart. */
export interface Refusals {
  readonly available: number;
  readonly total: number;
  readonly reasons: readonly Refusal[];
}

export interface Refusal {
  readonly count: number;
  /** As the scheduler words it. */
  readonly reason: string;
  /** What it means, in our words. */
  readonly advice: string;
}

const advices: readonly (readonly [RegExp, string])[] = [
  [
    /^Insufficient (\S+)/,
    'What pods on it request already leaves too little. Ask for less, remove something, or add a node.',
  ],
  [/had untolerated taint.*unreachable/, 'It does not answer. It gets pods again once it is back.'],
  [/had untolerated taint.*not-ready/, 'Its kubelet is not ready.'],
  [/had untolerated taint.*control-plane/, 'It is kept for the control plane.'],
  [
    /had untolerated taint/,
    'The node repels pods that do not tolerate this taint. Add a toleration, or remove the taint.',
  ],
  [/were unschedulable/, 'It is cordoned. `kubectl uncordon` lets pods in again.'],
  [/didn't match Pod's node affinity\/selector/, 'Its labels are not the ones that the pod asks for.'],
  [
    /didn't match pod (anti-)?affinity/,
    'The pods on it are not the ones that this pod wants to be near, or away from.',
  ],
  [/Too many pods/, 'It runs as many pods as it may.'],
  [/free ports/, 'Another pod has the host port.'],
];

/**
 * Takes `0/3 nodes are available: 1 node(s) had …, 2 Insufficient cpu. preemption: …` apart.
 * Upstream: pkg/scheduler/framework/types.go (FitError.Error) writes it.
 */
export function refusalsOf(message: string): Refusals | undefined {
  const match = /^(\d+)\/(\d+) nodes are available:? ?(.*)$/s.exec(message);
  if (!match) return undefined;
  const [, available, total, text = ''] = match;
  const reasons = text
    // After the reasons come sentences about claims and preemption.
    .split(/\.(?:\s|$)/)[0]!
    .split(/, (?=\d+ )/)
    .flatMap((part) => {
      const found = /^(\d+) (.*)$/s.exec(part.trim());
      if (!found) return [];
      const reason = found[2]!.replace(/^node\(s\) /, '');
      return [
        { count: Number(found[1]), reason, advice: advices.find(([pattern]) => pattern.test(reason))?.[1] ?? '' },
      ];
    });
  return { available: Number(available), total: Number(total), reasons };
}
