import type { ObjectKey } from '../../api/index.ts';
import type { Layout } from '../topology/layout.ts';
import { useDecision } from './use-decision.ts';
import styles from './scheduling.module.css';

interface RefusalLayerProps {
  /** A pod without a node. */
  readonly podKey: ObjectKey;
  readonly layout: Layout;
}

const margin = 8;

/** On each node, why the selected pod is not there. */
export function RefusalLayer({ podKey, layout }: RefusalLayerProps) {
  const decision = useDecision(podKey);
  if (!decision || decision.outcome === 'scheduled') return null;
  return decision.nodes.map(({ node, refusedBy }) => {
    const box = layout.nodes.get(node);
    if (!box || !refusedBy) return null;
    const width = box.width - 2 * margin;
    const letters = Math.floor((width - 30) / 5.9);
    const reason = refusedBy.reasons.join(', ').replace(/^node\(s\) /, '');
    return (
      <g
        key={node}
        className={styles.verdict}
        data-refusal={node}
        transform={`translate(${box.x + margin} ${box.y + box.height - 38 - margin})`}
      >
        <rect width={width} height={38} rx={6} />
        <text x={10} y={16}>
          ✕ {reason.length > letters ? `${reason.slice(0, letters - 1)}…` : reason}
        </text>
        <text x={21} y={30} className={styles.plugin}>
          {refusedBy.plugin}
        </text>
      </g>
    );
  });
}
