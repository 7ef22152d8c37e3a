import type { NamespaceCondition } from '../../../api/generated/types.ts';
import { rfc3339 } from '../../../api/time.ts';
import { findCondition } from '../conditions.ts';
import type { Remains } from './delete-content.ts';

type News = Pick<NamespaceCondition, 'status' | 'reason' | 'message'>;

const allWell: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

/** Says in the status what holds a namespace up. Upstream: pkg/controller/namespace/deletion/status_condition_utils.go */
export function deletionConditions(
  before: readonly NamespaceCondition[],
  remains: Remains,
  nowMs: number,
): readonly NamespaceCondition[] {
  const troubles = troublesOf(remains);
  const others = before.filter(({ type }) => !allWell.some(([known]) => known === type));
  return [
    ...others,
    ...allWell.map(([type, reason, message]): NamespaceCondition => {
      const news: News = troubles.get(type) ?? { status: 'False', reason, message };
      const old = findCondition(before, type);
      const lastTransitionTime = old?.status === news.status ? old.lastTransitionTime : rfc3339(nowMs);
      return { type, ...news, lastTransitionTime };
    }),
  ];
}

function troublesOf({ byResource, byFinalizer, problems }: Remains): ReadonlyMap<string, News> {
  const troubles = new Map<string, News>();
  const set = (type: string, reason: string, message: string): void =>
    void troubles.set(type, { status: 'True', reason, message });
  if (problems.length > 0) {
    const message = `Failed to delete all resource types, ${problems.length} remaining: ${problems.toSorted().join(', ')}`;
    set('NamespaceDeletionContentFailure', 'ContentDeletionFailed', message);
  }
  if (byResource.size > 0) {
    const list = [...byResource].map(([resource, count]) => `${resource} has ${count} resource instances`);
    const message = `Some resources are remaining: ${list.toSorted().join(', ')}`;
    set('NamespaceContentRemaining', 'SomeResourcesRemain', message);
  }
  if (byFinalizer.size > 0) {
    const list = [...byFinalizer].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
    const message = `Some content in the namespace has finalizers remaining: ${list.toSorted().join(', ')}`;
    set('NamespaceFinalizersRemaining', 'SomeFinalizersRemain', message);
  }
  return troubles;
}
