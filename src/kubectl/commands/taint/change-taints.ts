import type { Taint } from '../../../api/generated/types.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import type { TaintChanges } from './parse-taints.ts';

export interface ChangedTaints {
  readonly taints: readonly Taint[];
  /** What is said to have happened to the node. */
  readonly operation: 'modified' | 'tainted' | 'untainted';
}

/** Upstream: kubectl/pkg/cmd/taint/utils.go reorganizeTaints */
export function changeTaints(
  nodeName: string,
  current: readonly Taint[],
  { added, removed }: TaintChanges,
  isOverwriting: boolean,
): ChangedTaints {
  const taken = added.filter((taint) => current.some((each) => isSame(taint, each))).map(({ key }) => key);
  if (!isOverwriting && taken.length > 0) {
    throw new CommandError(
      `node ${nodeName} already has ${taken.join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  let taints: readonly Taint[] = [...added, ...current.filter((taint) => !added.some((each) => isSame(taint, each)))];
  const hasAdded = taints.length !== current.length;
  let hasRemoved = false;
  const missing: Error[] = [];
  for (const { key, effect } of removed) {
    const rest = taints.filter((taint) => taint.key !== key || (effect !== undefined && taint.effect !== effect));
    hasRemoved = rest.length !== taints.length;
    if (!hasRemoved) {
      missing.push(
        new CommandError(`taint ${JSON.stringify(effect === undefined ? key : `${key}:${effect}`)} not found`),
      );
    }
    taints = rest;
  }
  throwJoined(missing);
  if ((hasAdded && hasRemoved) || isOverwriting) return { taints, operation: 'modified' };
  return { taints, operation: hasAdded ? 'tainted' : 'untainted' };
}

function isSame(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}
