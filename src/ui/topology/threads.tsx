import { linkVertical } from 'd3-shape';
import { memo } from 'react';
import type { ObjectKey } from '../../api/index.ts';
import { centreOf, nodePadding, podBox, type Box, type Layout, type Point } from './layout.ts';
import type { PodMark, Scene, ServiceView } from './scene.ts';
import styles from './topology.module.css';

const link = linkVertical<{ source: Point; target: Point }, Point>()
  .x(({ x }) => x)
  .y(({ y }) => y);

/** More threads than this and each goes to a node instead of a pod. */
const mostThreads = 80;

interface ThreadsProps {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly marks: ReadonlyMap<ObjectKey, PodMark>;
  readonly selectedService: ObjectKey | undefined;
}

/** From the outside world through each service to the pods that get its traffic. */
export const Threads = memo(function Threads({ scene, layout, marks, selectedService }: ThreadsProps) {
  const total = scene.services.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  return (
    <g className={styles.threads}>
      {scene.services.map((service) => {
        const hub = layout.services.get(service.key);
        if (!hub) return null;
        const source = { x: centreOf(hub).x, y: hub.y };
        const isSelected = service.key === selectedService;
        const targets =
          total > mostThreads && !isSelected ? nodeTargets(service, layout, marks) : podTargets(service, layout, marks);
        return (
          <g
            key={service.key}
            data-selected={isSelected || undefined}
            data-quiet={(selectedService && !isSelected) || undefined}
          >
            {service.isExposed && <path className={styles.threadOutside} d={outsideThread(layout, hub)} />}
            {targets.map(({ id, point, column, isReady }) => (
              <path key={id} className={styles.thread} data-ready={isReady} d={threadTo(source, point, column)} />
            ))}
          </g>
        );
      })}
    </g>
  );
});

interface Target {
  readonly id: string;
  readonly point: Point;
  /** Where to climb between the pods: the foot of a gap between two columns. */
  readonly column?: Point;
  readonly isReady: boolean;
}

function podTargets(service: ServiceView, layout: Layout, marks: ReadonlyMap<ObjectKey, PodMark>): readonly Target[] {
  const target = (key: ObjectKey, isReady: boolean): Target[] => {
    const mark = marks.get(key);
    const box = mark && podBox(layout, mark.nodeName, mark.slot);
    const node = layout.nodes.get(mark?.nodeName ?? '');
    if (!box || !node) return [];
    const gapX = box.x - Math.min(layout.grid.gap, nodePadding) / 2;
    const point = { x: box.x, y: box.y + box.height - 8 };
    return [{ id: key, point, column: { x: gapX, y: node.y + node.height }, isReady }];
  };
  return [
    ...service.endpoints.flatMap((key) => target(key, true)),
    ...service.notReady.flatMap((key) => target(key, false)),
  ];
}

function nodeTargets(service: ServiceView, layout: Layout, marks: ReadonlyMap<ObjectKey, PodMark>): readonly Target[] {
  const names = new Set(service.endpoints.map((key) => marks.get(key)?.nodeName));
  return [...names].flatMap((name) => {
    const box = name ? layout.nodes.get(name) : undefined;
    return box ? [{ id: name!, point: { x: centreOf(box).x, y: box.y + box.height }, isReady: true }] : [];
  });
}

/** Up to the foot of the gap beside the pod, then straight up between the pods, and in. */
function threadTo(source: Point, target: Point, column: Point | undefined): string {
  const path = link({ source, target: column ?? target }) ?? '';
  return column ? `${path}V${target.y + 5}Q${column.x} ${target.y} ${target.x} ${target.y}` : path;
}

/** Straight to the hub beside the outside world; below the others to those further on. */
function outsideThread({ outside, unit }: Layout, hub: Box): string {
  const level = outside.y + outside.height / 2;
  const isBeside = hub.y === outside.y && hub.x - (outside.x + outside.width) < 40 * unit;
  if (isBeside) return `M${outside.x + outside.width} ${level}H${hub.x}`;
  const floor = hub.y + hub.height + 7 * unit;
  const bend = 5 * unit;
  const from = outside.x + outside.width / 2;
  const to = hub.x + hub.width / 2;
  const up = hub.y + hub.height;
  return `M${from} ${outside.y + outside.height}V${floor - bend}Q${from} ${floor} ${from + bend} ${floor}H${to - bend}Q${to} ${floor} ${to} ${floor - bend}V${up}`;
}
