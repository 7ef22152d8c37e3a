import type { ObjectKey, TraceMessage } from '../../api/index.ts';
import { centreOf, type Box, type Layout, type Point } from '../topology/layout.ts';
import { placeBox } from '../topology/message-places.ts';
import type { PodMark } from '../topology/scene.ts';
import { outsideThread, podThread } from '../topology/threads.tsx';

export interface HopWay {
  /** For `d`. */
  readonly path: string;
  /** Where it arrives: its number stands there. */
  readonly end: Point;
}

/** How far below both ends a way dips that leads from pod to pod. */
const dip = 46;

/** The way of a hop over the map; undefined when one of its ends is not shown. */
export function hopWay(
  { from, to }: TraceMessage,
  layout: Layout,
  marks: ReadonlyMap<ObjectKey, PodMark>,
): HopWay | undefined {
  const a = from.type === 'node' ? layout.nodes.get(from.name) : placeBox(from, layout, marks);
  const b = to.type === 'node' ? layout.nodes.get(to.name) : placeBox(to, layout, marks);
  if (!a || !b) return undefined;
  if (from.type === 'service' && to.type === 'pod') {
    const path = podThread(a, layout, marks.get(to.name));
    return path ? { path, end: { x: b.x, y: b.y + b.height - 8 } } : undefined;
  }
  if (a === b) return undefined;
  if (from.type === 'outside' && to.type === 'service')
    return { path: outsideThread(layout, b), end: entry(layout, b) };
  return between(a, b);
}

/** Where the thread from the outside world meets a hub: beside it at the left, further on from below. */
function entry({ outside, unit }: Layout, hub: Box): Point {
  const isBeside = hub.y === outside.y && hub.x - (outside.x + outside.width) < 40 * unit;
  return isBeside ? { x: hub.x, y: centreOf(hub).y } : { x: centreOf(hub).x, y: hub.y + hub.height };
}

function between(a: Box, b: Box): HopWay {
  const isAbove = a.y + a.height < b.y;
  const isBelow = b.y + b.height < a.y;
  const from = { x: centreOf(a).x, y: isBelow ? a.y : a.y + a.height };
  const end = { x: centreOf(b).x, y: isAbove ? b.y : b.y + b.height };
  const bend = isAbove || isBelow ? (end.y - from.y) / 2 : dip;
  const [first, second] = isAbove || isBelow ? [from.y + bend, end.y - bend] : [from.y + bend, end.y + bend];
  return { path: `M${from.x} ${from.y}C${from.x} ${first} ${end.x} ${second} ${end.x} ${end.y}`, end };
}
