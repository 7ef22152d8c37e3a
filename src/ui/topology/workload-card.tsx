import { memo } from 'react';
import type { Box } from './layout.ts';
import type { WorkloadView } from './scene.ts';
import { tintColor } from './workload-views.ts';
import styles from './topology.module.css';

interface WorkloadCardProps {
  readonly workload: WorkloadView;
  readonly box: Box;
  /** How much larger than life it is drawn. */
  readonly unit: number;
  readonly isSelected: boolean;
}

/** What was asked for: its name, how many of how many are ready, and a bar for each ReplicaSet behind it. */
export const WorkloadCard = memo(function WorkloadCard({ workload, box: place, unit, isSelected }: WorkloadCardProps) {
  const box = { width: place.width / unit, height: place.height / unit };
  const { name, kind, wanted, ready, total, revisions, tint, isPaused } = workload;
  const bars =
    revisions.length > 0 ? revisions : [{ key: '', name: '', wanted: wanted ?? total, total, ready, revision: 0 }];
  const full = Math.max(1, wanted ?? total, ...bars.map((bar) => Math.max(bar.wanted, bar.total)));
  const shown = bars.slice(-2);
  // While two take turns, each says which it is.
  const labelWidth = shown.length === 2 ? 28 : 0;
  const barWidth = box.width - 24 - labelWidth;
  return (
    <g
      className={styles.workload}
      transform={`translate(${place.x} ${place.y}) scale(${unit})`}
      data-ref={kind === 'Deployment' || kind === 'ReplicaSet' ? `${kind.toLowerCase()}s/${workload.key}` : undefined}
      data-selected={isSelected || undefined}
    >
      <title>
        {`${kind} ${name}: ${ready} of ${wanted ?? total} ready${isPaused ? ', paused' : ''}`}
        {revisions.map((bar) => `\nReplicaSet ${bar.name}: ${bar.ready} ready, ${bar.wanted} wanted`).join('')}
      </title>
      <rect className={styles.workloadBody} width={box.width} height={box.height} rx={8} />
      <rect x={0} y={8} width={3} height={box.height - 16} rx={1.5} style={{ fill: tintColor(tint) }} />
      <text x={12} y={17.5} className={styles.workloadName}>
        {name.length > 15 ? `${name.slice(0, 14)}…` : name}
        <tspan className={styles.workloadKind} dx={6}>
          {name.length > 9 ? (shortKinds[kind] ?? kind) : kind}
        </tspan>
      </text>
      <text x={box.width - 10} y={17.5} className={styles.workloadCount}>
        {isPaused ? '❚❚ ' : ''}
        {ready}/{wanted ?? total}
      </text>
      {shown.map((bar, index) => {
        const y = shown.length === 1 ? 29 : 26 + index * 9;
        return (
          <g key={bar.key || index} transform={`translate(${12 + labelWidth} ${y})`} data-revision={bar.revision}>
            {labelWidth > 0 && (
              <text x={-labelWidth} y={5.5} className={styles.workloadRevision}>
                rev {bar.revision}
              </text>
            )}
            <rect className={styles.barTrack} width={barWidth} height={5} rx={2.5} />
            <rect
              className={styles.barWanted}
              width={(barWidth * Math.max(bar.wanted, bar.total)) / full}
              height={5}
              rx={2.5}
              style={{ fill: tintColor(tint) }}
            />
            <rect
              className={styles.bar}
              width={(barWidth * bar.ready) / full}
              height={5}
              rx={2.5}
              style={{ fill: tintColor(tint) }}
            />
          </g>
        );
      })}
    </g>
  );
});

const shortKinds: Readonly<Record<string, string>> = {
  Deployment: 'Deploy',
  ReplicaSet: 'RS',
  StatefulSet: 'STS',
  DaemonSet: 'DS',
};
