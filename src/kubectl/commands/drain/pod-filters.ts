import type { Pod } from '../../../api/generated/types.ts';
import { ApiError, controllerOf, parseRfc3339 } from '../../../api/index.ts';

/** What is to become of a pod of a node that is drained. Upstream: kubectl/pkg/drain/filters.go */
export interface PodVerdict {
  readonly pod: Pod;
  readonly deletes: boolean;
  /** Said of the pod, together with the others of which the same is said. */
  readonly warning?: string;
  /** Why the node cannot be drained. */
  readonly problem?: string;
}

export interface FilterOptions {
  readonly isForced: boolean;
  readonly ignoresDaemonSets: boolean;
  readonly deletesLocalData: boolean;
  /** Pods that have been ending for longer are passed over; 0 for none. */
  readonly skipAfterSeconds: number;
  readonly nowMs: number;
  /** Throws when there is no such daemon set. */
  readonly findDaemonSet: (namespace: string, name: string) => Promise<unknown>;
}

type Judgement = Omit<PodVerdict, 'pod'>;
type Filter = (pod: Pod, options: FilterOptions) => Judgement | Promise<Judgement>;

const fine: Judgement = { deletes: true };
const skipped: Judgement = { deletes: false };

/** In this order; the first that keeps a pod has the last word. */
const filters: readonly Filter[] = [skipDeleted, daemonSet, mirrorPod, localStorage, unreplicated];

export async function judgePod(pod: Pod, options: FilterOptions): Promise<PodVerdict> {
  let judgement = fine;
  for (const filter of filters) {
    judgement = await filter(pod, options);
    if (!judgement.deletes) break;
  }
  return { pod, ...judgement };
}

/** Whether the pod has been ending for so long that nobody should wait for it. */
export function isEndingTooLong({ metadata }: Pod, seconds: number, nowMs: number): boolean {
  if (seconds <= 0 || !metadata.deletionTimestamp) return false;
  return Math.trunc((nowMs - (parseRfc3339(metadata.deletionTimestamp) ?? 0)) / 1000) > seconds;
}

function isFinished({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

function skipDeleted(pod: Pod, { skipAfterSeconds, nowMs }: FilterOptions): Judgement {
  return isEndingTooLong(pod, skipAfterSeconds, nowMs) ? skipped : fine;
}

async function daemonSet(pod: Pod, options: FilterOptions): Promise<Judgement> {
  const controller = controllerOf(pod);
  if (controller?.kind !== 'DaemonSet' || controller.apiVersion !== 'apps/v1' || isFinished(pod)) return fine;
  try {
    await options.findDaemonSet(pod.metadata.namespace ?? '', controller.name);
  } catch (error) {
    const { message } = error as Error;
    const isOrphan = error instanceof ApiError && error.reason === 'NotFound';
    return isOrphan && options.isForced ? { deletes: true, warning: message } : { deletes: false, problem: message };
  }
  return options.ignoresDaemonSets
    ? { deletes: false, warning: 'ignoring DaemonSet-managed Pods' }
    : { deletes: false, problem: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
}

/** The kubelet makes the mirror of a static pod again at once. */
function mirrorPod({ metadata }: Pod): Judgement {
  return metadata.annotations?.['kubernetes.io/config.mirror'] === undefined ? fine : skipped;
}

function localStorage(pod: Pod, { deletesLocalData }: FilterOptions): Judgement {
  const hasLocalData = pod.spec.volumes?.some((volume) => volume.emptyDir) ?? false;
  if (!hasLocalData || isFinished(pod)) return fine;
  return deletesLocalData
    ? { deletes: true, warning: 'deleting Pods with local storage' }
    : { deletes: false, problem: 'Pods with local storage (use --delete-emptydir-data to override)' };
}

function unreplicated(pod: Pod, { isForced }: FilterOptions): Judgement {
  if (isFinished(pod) || controllerOf(pod)) return fine;
  return isForced
    ? { deletes: true, warning: 'deleting Pods that declare no controller' }
    : { deletes: false, problem: 'cannot delete Pods that declare no controller (use --force to override)' };
}

/** `text: ns/a, ns/b` for each text that is said of pods. */
export function byText(
  verdicts: readonly PodVerdict[],
  textOf: (verdict: PodVerdict) => string | undefined,
): readonly string[] {
  const pods = new Map<string, string[]>();
  for (const verdict of verdicts) {
    const text = textOf(verdict);
    if (text === undefined) continue;
    const { namespace, name } = verdict.pod.metadata;
    pods.set(text, [...(pods.get(text) ?? []), `${namespace}/${name}`]);
  }
  return [...pods].map(([text, names]) => `${text}: ${names.join(', ')}`);
}
