import { expect, it } from 'vitest';
import type { Pod } from '../../../api/generated/types.ts';
import { RandomStream } from '../../../kernel/index.ts';
import { Cycle, nodesToFind } from '../cycle.ts';
import { normaliseByLargest } from '../framework.ts';
import { testView } from '../testing/test-view.ts';
import { defaultPlugins } from './index.ts';

type View = ReturnType<typeof testView>;

/** What one plugin gives each node, before its weight. */
function scoresOf(
  plugin: string,
  view: View,
  spec: Partial<Pod['spec']>,
  labels?: Record<string, string>,
): readonly number[] {
  const { scored } = new Cycle(defaultPlugins, new RandomStream('1')).deliberate(
    view.pod(spec, labels),
    view.cluster,
    () => [],
  );
  return scored.find((entry) => entry.plugin.name === plugin)?.normalised ?? [];
}

const asks = (cpu: string, memory: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'main', image: 'web:1', resources: { requests: { cpu, memory } } }],
});

it('[SCH-20] has the weights of Kubernetes', () => {
  const weights = Object.fromEntries(
    defaultPlugins.filter(({ planScore }) => planScore).map(({ name, weight }) => [name, weight]),
  );
  expect(weights).toEqual({
    TaintToleration: 3,
    NodeAffinity: 2,
    NodeResourcesFit: 1,
    PodTopologySpread: 2,
    InterPodAffinity: 2,
    NodeResourcesBalancedAllocation: 1,
    ImageLocality: 1,
  });
});

it('[SCH-21] scores what would be left of CPU and memory', () => {
  const view = testView([
    { name: 'a', placed: [] },
    { name: 'b', placed: [{ spec: asks('2', '4Gi') }] },
  ]);
  expect(scoresOf('NodeResourcesFit', view, asks('1', '2Gi'))).toEqual([75, 25]);
  expect(scoresOf('NodeResourcesFit', view, {})).toEqual([97, 47]);
});

it('[SCH-21] scores how evenly CPU and memory would be used', () => {
  const view = testView([
    { name: 'a', placed: [{ spec: asks('2', '2Gi') }] },
    { name: 'b', placed: [{ spec: asks('1', '4Gi') }] },
  ]);
  expect(scoresOf('NodeResourcesBalancedAllocation', view, asks('1', '2Gi'))).toEqual([87, 87]);
  expect(scoresOf('NodeResourcesBalancedAllocation', view, asks('100m', '2Gi'))).toEqual([98, 76]);
  expect(scoresOf('NodeResourcesBalancedAllocation', view, {})).toEqual([]);
});

it('[SCH-23] prefers nodes that have the image, the less the more rare it is', () => {
  const images = [{ names: ['web:1'], sizeBytes: 500 * 1024 * 1024 }];
  const view = testView([
    { name: 'a', placed: [], images },
    { name: 'b', placed: [] },
  ]);
  expect(scoresOf('ImageLocality', view, asks('1', '1Gi'))).toEqual([23, 0]);
});

it('[SCH-23] prefers nodes with the labels that the pod would like, by weight', () => {
  const view = testView([
    { name: 'a', labels: { disk: 'ssd' }, placed: [] },
    { name: 'b', labels: { disk: 'ssd', rack: '7' }, placed: [] },
    { name: 'c', placed: [] },
  ]);
  const term = (weight: number, key: string, value: string) => ({
    weight,
    preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] },
  });
  const preferredDuringSchedulingIgnoredDuringExecution = [term(10, 'disk', 'ssd'), term(30, 'rack', '7')];
  const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution } };
  expect(scoresOf('NodeAffinity', view, { affinity })).toEqual([25, 100, 0]);
});

it('[SCH-23] avoids nodes that would rather not', () => {
  const view = testView([
    { name: 'a', spec: { taints: [{ key: 'old', effect: 'PreferNoSchedule' }] }, placed: [] },
    { name: 'b', placed: [] },
  ]);
  expect(scoresOf('TaintToleration', view, {})).toEqual([0, 100]);
});

it('[SCH-23] prefers to be near to some and far from others', () => {
  const hostname = 'kubernetes.io/hostname';
  const term = (app: string) => ({
    weight: 50,
    podAffinityTerm: { labelSelector: { matchLabels: { app } }, topologyKey: hostname },
  });
  const view = testView([
    { name: 'a', placed: [{ labels: { app: 'cache' }, spec: {} }] },
    { name: 'b', placed: [{ labels: { app: 'batch' }, spec: {} }] },
    { name: 'c', placed: [] },
  ]);
  const affinity = {
    podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term('cache')] },
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term('batch')] },
  };
  expect(scoresOf('InterPodAffinity', view, { affinity })).toEqual([100, 0, 50]);
});

it.each([
  { nodes: 10, expected: 10 },
  { nodes: 99, expected: 99 },
  { nodes: 100, expected: 100 },
  { nodes: 1000, expected: 420 },
  { nodes: 5000, expected: 500 },
  { nodes: 6000, expected: 300 },
])('[SCH-25] looks for $expected of $nodes nodes', ({ nodes, expected }) => {
  expect(nodesToFind(nodes)).toBe(expected);
});

it('[SCH-25] begins where the last search ended', () => {
  const view = testView(Array.from({ length: 300 }, (_, n) => ({ name: `n${n}`, placed: [] })));
  const cycle = new Cycle(defaultPlugins, new RandomStream('1'));
  const first = cycle.deliberate(view.pod({}), view.cluster, () => []).feasible.map(({ name }) => name);
  const second = cycle.deliberate(view.pod({}), view.cluster, () => []).feasible.map(({ name }) => name);
  expect(first).toHaveLength(144);
  expect(second[0]).toBe(`n${first.length}`);
});

it.each([
  { scores: [0, 5, 10], isReverse: false, expected: [0, 50, 100] },
  { scores: [0, 5, 10], isReverse: true, expected: [100, 50, 0] },
  { scores: [0, 0], isReverse: true, expected: [100, 100] },
])('[SCH-20] normalises $scores to $expected', ({ scores, isReverse, expected }) => {
  const normalised = [...scores];
  normaliseByLargest(normalised, isReverse);
  expect(normalised).toEqual(expected);
});
