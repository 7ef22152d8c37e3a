import { describe, expect, it } from 'vitest';
import { densityOf, layOut, podBox, type Box, type Viewport } from './layout.ts';
import { emptyScene, type NodeView, type Scene } from './scene.ts';

const node = (name: string, extent: number): NodeView => ({
  name,
  isReady: true,
  readiness: 'True',
  isCordoned: false,
  taints: [],
  podCapacity: 110,
  podCount: extent,
  extent,
  counts: {},
});

const sceneOf = (nodes: number, podsEach: number): Scene => ({
  ...emptyScene,
  nodes: Array.from({ length: nodes }, (_, index) => node(`node-${index + 1}`, podsEach)),
});

const wide: Viewport = { width: 1040, height: 480 };
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('layOut', () => {
  it.each([
    { nodes: 1, pods: 3, viewport: wide },
    { nodes: 3, pods: 12, viewport: wide },
    { nodes: 20, pods: 50, viewport: wide },
    { nodes: 3, pods: 12, viewport: { width: 380, height: 640 } },
    { nodes: 100, pods: 100, viewport: wide },
  ])('lets nothing overlap: $nodes nodes with $pods pods', ({ nodes, pods, viewport }) => {
    const scene = sceneOf(nodes, pods);
    const layout = layOut(scene, viewport, densityOf(scene.nodes, 'card'));
    const boxes = [
      layout.you,
      layout.apiServer,
      layout.etcd,
      layout.scheduler,
      layout.controllers,
      layout.wanted,
      layout.waiting,
      ...layout.nodes.values(),
      layout.outside,
      layout.dns,
      layout.registry,
      ...layout.services.values(),
      ...layout.ingresses.values(),
    ];
    const clashes = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => overlap(a, b)));
    expect(clashes).toEqual([]);
  });

  it('keeps each pod inside its node', () => {
    const scene = sceneOf(3, 12);
    const layout = layOut(scene, wide, 'card');
    const frame = layout.nodes.get('node-2')!;
    for (let slot = 0; slot < 12; slot++) {
      const box = podBox(layout, 'node-2', slot)!;
      expect(box.x).toBeGreaterThanOrEqual(frame.x);
      expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
      expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
    }
  });

  it('moves no pod when another comes to its node', () => {
    const before = layOut(sceneOf(3, 4), wide, 'card');
    const after = layOut(sceneOf(3, 5), wide, 'card');
    for (let slot = 0; slot < 4; slot++) {
      expect(podBox(after, 'node-1', slot)).toEqual(podBox(before, 'node-1', slot));
    }
  });
});

describe('densityOf', () => {
  it('does not flicker between cards and tiles', () => {
    expect(densityOf([node('a', 16)], 'card')).toBe('tile');
    expect(densityOf([node('a', 12)], 'tile')).toBe('tile');
    expect(densityOf([node('a', 8)], 'tile')).toBe('card');
  });
});
