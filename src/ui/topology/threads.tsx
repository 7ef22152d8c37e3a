import { linkVertical } from 'd3-shape';
import { memo } from 'react';
import type { ObjectKey } from '../../api/index.ts';
import { centreOf, nodePadding, podBox, type Box, type Layout, type Point } from './layout.ts';
import type { IngressView, PodMark, Scene, ServiceView } from './scene.ts';
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
  /** A request's path is drawn over them. */
  readonly isQuiet: boolean;
}

/** From the outside world through each service to the pods that get its traffic. */
export const Threads = memo(function Threads({ scene, layout, marks, selectedService, isQuiet }: ThreadsProps) {
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
            data-selected={(isSelected && !isQuiet) || undefined}
            data-quiet={isQuiet || (selectedService && !isSelected) || undefined}
          >
            {service.isExposed && <path className={styles.threadOutside} d={outsideThread(layout, hub)} />}
            {targets.map(({ id, point, column, isReady }) => (
              <path key={id} className={styles.thread} data-ready={isReady} d={threadTo(source, point, column)} />
            ))}
          </g>
        );
      })}
      {scene.ingresses.map((ingress) => (
        <IngressThreads key={ingress.key} ingress={ingress} layout={layout} isQuiet={isQuiet} />
      ))}
    </g>
  );
});

/** From the outside world to an ingress, and from there up to its services. */
function IngressThreads({
  ingress,
  layout,
  isQuiet,
}: Pick<ThreadsProps, 'layout' | 'isQuiet'> & { readonly ingress: IngressView }) {
  const gate = layout.ingresses.get(ingress.key);
  if (!gate) return null;
  const source = { x: centreOf(gate).x, y: gate.y };
  return (
    <g data-quiet={isQuiet || undefined}>
      <path className={styles.threadOutside} d={gateThread(layout, gate)} />
      {ingress.services.map((key) => {
        const hub = layout.services.get(key);
        if (!hub) return null;
        const target = { x: centreOf(hub).x, y: hub.y + hub.height };
        return <path key={key} className={styles.thread} data-ready="true" d={link({ source, target }) ?? ''} />;
      })}
    </g>
  );
}

interface Target {
  readonly id: string;
  readonly point: Point;
  /** Where to climb between the pods: the foot of a gap between two columns. */
  readonly column?: Point;
  readonly isReady: boolean;
}

function podTargets(service: ServiceView, layout: Layout, marks: ReadonlyMap<ObjectKey, PodMark>): readonly Target[] {
  const target = (key: ObjectKey, isReady: boolean): Target[] => {
    const way = wayIn(layout, marks.get(key));
    return way ? [{ id: key, ...way, isReady }] : [];
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

/** Where a thread enters a pod from below, between the columns of its node. */
function wayIn(layout: Layout, mark: PodMark | undefined): Required<Pick<Target, 'point' | 'column'>> | undefined {
  const box = mark && podBox(layout, mark.nodeName, mark.slot);
  const node = layout.nodes.get(mark?.nodeName ?? '');
  if (!box || !node) return undefined;
  const gapX = box.x - Math.min(layout.grid.gap, nodePadding) / 2;
  return { point: { x: box.x, y: box.y + box.height - 8 }, column: { x: gapX, y: node.y + node.height } };
}

/** The thread between a hub below the nodes and a pod. */
export function podThread(hub: Box, layout: Layout, mark: PodMark | undefined): string | undefined {
  const way = wayIn(layout, mark);
  return way && threadTo({ x: centreOf(hub).x, y: hub.y }, way.point, way.column);
}

/** Up to the foot of the gap beside the pod, then straight up between the pods, and in. */
function threadTo(source: Point, target: Point, column: Point | undefined): string {
  const path = link({ source, target: column ?? target }) ?? '';
  return column ? `${path}V${target.y + 5}Q${column.x} ${target.y} ${target.x} ${target.y}` : path;
}

/** Down from the outside world and along to the first gate of a row; below the others to those further on. */
function gateThread(layout: Layout, gate: Box): string {
  const { outside, unit } = layout;
  if (gate.x - (outside.x + outside.width) > 40 * unit) return outsideThread(layout, gate);
  const x = centreOf(outside).x;
  const y = centreOf(gate).y;
  const bend = 5 * unit;
  return `M${x} ${outside.y + outside.height}V${y - bend}Q${x} ${y} ${x + bend} ${y}H${gate.x}`;
}

/** Straight to the hub beside the outside world; below the others to those further on. */
export function outsideThread({ outside, unit }: Layout, hub: Box): string {
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
