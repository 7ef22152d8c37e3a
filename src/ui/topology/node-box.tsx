import { memo } from 'react';
import type { Box } from './layout.ts';
import { podStates } from './pod-state.ts';
import type { NodeView } from './scene.ts';
import styles from './topology.module.css';

interface NodeBoxProps {
  readonly node: NodeView;
  readonly box: Box;
  /** Height of its head. */
  readonly header: number;
  readonly isSelected: boolean;
  /** When pods are too small to see: how many are in which state. */
  readonly showsLoad: boolean;
}

export const nodeProblem = (node: NodeView): string | undefined =>
  node.readiness === 'Unknown'
    ? 'Not reachable'
    : !node.isReady
      ? 'Not ready'
      : node.isCordoned
        ? 'Cordoned'
        : undefined;

export const NodeBox = memo(function NodeBox({ node, box, header, isSelected, showsLoad }: NodeBoxProps) {
  const problem = nodeProblem(node);
  return (
    <g
      className={styles.node}
      transform={`translate(${box.x} ${box.y})`}
      data-ref={`nodes/${node.name}`}
      data-problem={problem}
      data-selected={isSelected || undefined}
    >
      <rect className={styles.nodeBody} width={box.width} height={box.height} rx={10} />
      <g transform="translate(11 10)" className={styles.nodeIcon}>
        <rect x={0.5} y={0.5} width={12} height={4.5} rx={1.2} />
        <rect x={0.5} y={7} width={12} height={4.5} rx={1.2} />
        <path d="M3 2.8h.1M3 9.3h.1" />
      </g>
      <text x={31} y={header * 0.64} className={styles.nodeName}>
        {node.name}
      </text>
      {problem && (
        <text x={31 + node.name.length * 7.4 + 10} y={header * 0.64} className={styles.nodeProblem}>
          {node.isReady ? '◫' : '⚠'} {problem}
        </text>
      )}
      {(!problem || box.width > 260) && (
        <text x={box.width - 11} y={header * 0.64} className={styles.nodeCount}>
          {node.podCount}/{node.podCapacity} pods
        </text>
      )}
      {showsLoad && <Load node={node} box={box} header={header} />}
    </g>
  );
});

function Load({ node, box, header }: { readonly node: NodeView; readonly box: Box; readonly header: number }) {
  const width = box.width - 24;
  let x = 12;
  return podStates.map((state) => {
    const part = ((node.counts[state] ?? 0) / Math.max(1, node.podCount)) * width;
    const at = x;
    x += part;
    return part > 0 ? (
      <rect
        key={state}
        x={at}
        y={header + 6}
        width={part}
        height={box.height - header - 18}
        style={{ fill: `var(--state-${state})` }}
      />
    ) : null;
  });
}
