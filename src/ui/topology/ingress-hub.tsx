import { memo } from 'react';
import type { Box } from './layout.ts';
import type { IngressView } from './scene.ts';
import styles from './topology.module.css';

interface IngressHubProps {
  readonly ingress: IngressView;
  readonly box: Box;
  /** How much larger than life it is drawn. */
  readonly unit: number;
  readonly isSelected: boolean;
}

/** A gate in the wall: which host's requests come in here. */
export const IngressHub = memo(function IngressHub({ ingress, box: place, unit, isSelected }: IngressHubProps) {
  const box = { width: place.width / unit, height: place.height / unit };
  const { key, name, hosts } = ingress;
  const shorten = (text: string, letters: number) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
  return (
    <g
      className={styles.service}
      transform={`translate(${place.x} ${place.y}) scale(${unit})`}
      data-ref={`ingresses/${key}`}
      data-selected={isSelected || undefined}
    >
      <rect width={box.width} height={box.height} rx={6} />
      <path
        className={styles.gate}
        d={`M12 ${box.height - 10}V17a6 6 0 0 1 12 0V${box.height - 10}M18 30V18m-3 3 3-3 3 3`}
      />
      <text x={33} y={18} className={styles.serviceName}>
        {shorten(name, Math.floor((box.width - 40) / 7))}
      </text>
      <text x={33} y={31} className={styles.serviceDetail}>
        {shorten(`Ingress · ${hosts}`, Math.floor((box.width - 40) / 5.2))}
      </text>
    </g>
  );
});
