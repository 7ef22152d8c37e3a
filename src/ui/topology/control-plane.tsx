import { memo } from 'react';
import { centreOf, type Box, type Layout } from './layout.ts';
import styles from './topology.module.css';

export interface PartBox {
  readonly id: string;
  readonly title: string;
  readonly box: Box;
  readonly tone?: 'hub' | 'outside';
}

export function controlPlaneParts(layout: Layout): readonly PartBox[] {
  const short = layout.isNarrow;
  return [
    { id: 'etcd', title: 'etcd', box: layout.etcd },
    { id: 'scheduler', title: 'Scheduler', box: layout.scheduler },
    { id: 'controller', title: short ? 'Controllers' : 'Controller manager', box: layout.controllers },
    { id: 'apiserver', title: 'API server', box: layout.apiServer, tone: 'hub' },
    { id: 'client', title: short ? 'You' : 'You · kubectl', box: layout.you, tone: 'outside' },
    { id: 'outside', title: short ? 'Outside' : 'Outside world', box: layout.outside, tone: 'outside' },
    { id: 'dns', title: 'Cluster DNS', box: layout.dns },
    { id: 'registry', title: 'Image registry', box: layout.registry, tone: 'outside' },
  ];
}

/** The parts that decide, and the wires between them. Everything goes through the API server. */
export const ControlPlane = memo(function ControlPlane({ layout }: { readonly layout: Layout }) {
  const { apiServer, you, unit } = layout;
  return (
    <g className={styles.controlPlane}>
      {[layout.etcd, layout.scheduler, layout.controllers].map((box) => (
        <path key={box.x} className={styles.wire} d={`M${centreOf(box).x} ${box.y + box.height}V${apiServer.y}`} />
      ))}
      <path className={styles.wire} d={`M${you.x + you.width} ${centreOf(you).y}H${apiServer.x}`} />
      {firstRow(layout).map(([name, box]) => (
        <path key={name} className={styles.wire} d={kubeletWire(layout, box)} />
      ))}
      {controlPlaneParts(layout).map(({ id, title, box, tone }) => (
        <g
          key={id}
          transform={`translate(${box.x} ${box.y}) scale(${unit})`}
          data-part={id}
          data-tone={tone}
          className={styles.part}
        >
          <rect width={box.width / unit} height={box.height / unit} rx={8} />
          <text x={box.width / unit / 2} y={box.height / unit / 2 + 4.5}>
            {title}
          </text>
        </g>
      ))}
    </g>
  );
});

/** Only to the upper row: wires to the others would run behind it. */
function firstRow({ nodes }: Layout): readonly (readonly [string, Box])[] {
  const top = nodes.values().next().value?.y;
  return [...nodes].filter(([, box]) => box.y === top);
}

/** From the API server's lower edge to a node's upper one; round a corner where the node begins before it. */
function kubeletWire({ apiServer, unit }: Layout, box: Box): string {
  const to = centreOf(box).x;
  const x = Math.max(apiServer.x + 12 * unit, Math.min(apiServer.x + apiServer.width - 12 * unit, to));
  const from = apiServer.y + apiServer.height;
  if (x === to) return `M${x} ${from}V${box.y}`;
  const turn = box.y - 11 * unit;
  const bend = Math.sign(to - x) * Math.min(6 * unit, Math.abs(to - x) / 2);
  const drop = Math.abs(bend);
  return `M${x} ${from}V${turn - drop}Q${x} ${turn} ${x + bend} ${turn}H${to - bend}Q${to} ${turn} ${to} ${turn + drop}V${box.y}`;
}
