import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../api/generated/types.ts';
import { annotationsOfNewest } from './revision.ts';

const revision = 'deployment.kubernetes.io/revision';
const history = 'deployment.kubernetes.io/revision-history';

function deployment(annotations: Record<string, string>): Deployment {
  return { metadata: { annotations } } as unknown as Deployment;
}

describe('the annotations of the newest ReplicaSet', () => {
  it('are those of the Deployment, but for what only concerns it, and its revision', () => {
    const annotations = {
      team: 'blue',
      [revision]: '7',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'kubernetes.io/change-cause': 'first',
    };
    expect(annotationsOfNewest(deployment(annotations), undefined, 1)).toEqual({
      team: 'blue',
      'kubernetes.io/change-cause': 'first',
      [revision]: '1',
    });
  });

  it('are the same object when nothing changes', () => {
    const current = { [revision]: '2' };
    expect(annotationsOfNewest(deployment({}), current, 2)).toBe(current);
    expect(annotationsOfNewest(deployment({}), current, 1)).toBe(current);
  });

  it('remember earlier revisions, as many as fit', () => {
    expect(annotationsOfNewest(deployment({}), { [revision]: '1' }, 3)).toEqual({ [revision]: '3', [history]: '1' });
    expect(annotationsOfNewest(deployment({}), { [revision]: '3', [history]: '1' }, 5)).toEqual({
      [revision]: '5',
      [history]: '1,3',
    });
    const long = Array.from({ length: 600 }, (_, n) => n + 100).join(',');
    const next = annotationsOfNewest(deployment({}), { [revision]: '800', [history]: long }, 801);
    expect(next[history]!.length).toBeLessThanOrEqual(2000);
    expect(next[history]!.endsWith(',800')).toBe(true);
  });
});
