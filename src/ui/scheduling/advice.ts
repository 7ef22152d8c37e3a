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

/** What a reason of the scheduler's means, in our words; empty where it says all. */
export const adviceOn = (reason: string): string => advices.find(([pattern]) => pattern.test(reason))?.[1] ?? '';
