import type { TracePlace } from '../../api/index.ts';
import type { ObjectKey } from '../../api/index.ts';
import { podBox, type Box, type Layout, type Point } from './layout.ts';
import type { PodMark } from './scene.ts';

/** Where on the map a message comes from or goes to; undefined for what the map does not show. */
export function placeBox(place: TracePlace, layout: Layout, marks: ReadonlyMap<ObjectKey, PodMark>): Box | undefined {
  switch (place.type) {
    case 'client':
      return layout.you;
    case 'apiserver':
      return layout.apiServer;
    case 'etcd':
      return layout.etcd;
    case 'scheduler':
      return layout.scheduler;
    case 'controller':
      return layout.controllers;
    case 'registry':
      return layout.registry;
    case 'outside':
      return layout.outside;
    case 'kubelet':
    case 'node': {
      const node = layout.nodes.get(place.name);
      return node && { ...node, height: 30 };
    }
    case 'pod': {
      const mark = marks.get(place.name);
      return mark && podBox(layout, mark.nodeName, mark.slot);
    }
    case 'service':
      return layout.services.get(place.name);
    case 'dns':
      return layout.dns;
  }
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** The nearest points of two boxes' edges: straight up and down where they overlap, else from side to side. */
export function wayBetween(a: Box, b: Box): readonly [Point, Point] {
  const overlapLeft = Math.max(a.x, b.x);
  const overlapRight = Math.min(a.x + a.width, b.x + b.width);
  if (overlapLeft < overlapRight) {
    // The middle of the narrower one, so that a wide bar is met right below whoever speaks to it.
    const narrow = a.width < b.width ? a : b;
    const x = clamp(narrow.x + narrow.width / 2, overlapLeft, overlapRight);
    return a.y < b.y
      ? [
          { x, y: a.y + a.height },
          { x, y: b.y },
        ]
      : [
          { x, y: a.y },
          { x, y: b.y + b.height },
        ];
  }
  const isLeft = a.x < b.x;
  const isLevel = a.y < b.y + b.height && b.y < a.y + a.height;
  const end = (box: Box, isLeftEnd: boolean, other: Box): Point => ({
    x: isLeftEnd ? box.x + box.width : box.x,
    y: isLevel
      ? (Math.max(a.y, b.y) + Math.min(a.y + a.height, b.y + b.height)) / 2
      : box.y < other.y
        ? box.y + box.height
        : box.y,
  });
  return [end(a, isLeft, b), end(b, !isLeft, a)];
}
