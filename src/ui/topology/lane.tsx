import { laneTitleHeight, type Box } from './layout.ts';
import styles from './topology.module.css';

interface LaneProps {
  readonly box: Box;
  /** How much larger than life it is drawn. */
  readonly unit: number;
  readonly title: string;
  /** What it says while nothing is in it. */
  readonly emptyText: string;
}

/** A strip of the map that keeps its place whether or not something is in it. */
export function Lane({ box, unit, title, emptyText }: LaneProps) {
  const width = box.width / unit;
  const height = box.height / unit - laneTitleHeight - 4;
  const letters = Math.floor((width - 20) / 5.6);
  return (
    <g transform={`translate(${box.x} ${box.y}) scale(${unit})`}>
      <text className={styles.laneTitle} x={0} y={10}>
        {title}
      </text>
      {emptyText && (
        <>
          <rect className={styles.laneEmpty} x={0.5} y={laneTitleHeight} width={width - 1} height={height} rx={8} />
          <text className={styles.laneText} x={14} y={laneTitleHeight + height / 2 + 4}>
            {emptyText.length > letters ? emptyText.slice(0, emptyText.indexOf('.') + 1) : emptyText}
          </text>
        </>
      )}
    </g>
  );
}
