import { memo } from 'react';
import type { Box } from './layout.ts';
import type { ServiceView } from './scene.ts';
import styles from './topology.module.css';

interface ServiceHubProps {
  readonly service: ServiceView;
  readonly box: Box;
  /** How much larger than life it is drawn. */
  readonly unit: number;
  readonly isSelected: boolean;
}

export const ServiceHub = memo(function ServiceHub({ service, box: place, unit, isSelected }: ServiceHubProps) {
  const box = { width: place.width / unit, height: place.height / unit };
  const { name, type, ports, notReady } = service;
  const ready = service.endpoints.length + service.otherEndpoints;
  const letters = Math.floor((box.width - 60) / 7);
  return (
    <g
      className={styles.service}
      transform={`translate(${place.x} ${place.y}) scale(${unit})`}
      data-ref={`services/${service.key}`}
      data-selected={isSelected || undefined}
      data-empty={ready === 0 || undefined}
    >
      <title>{`Service ${name}, ${type}: ${ready} ready endpoints, ${notReady.length} not ready`}</title>
      <rect width={box.width} height={box.height} rx={box.height / 2} />
      <text x={18} y={18} className={styles.serviceName}>
        {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
      </text>
      <text x={18} y={31} className={styles.serviceDetail}>
        {type}
        {ports && ` · ${ports}`}
      </text>
      <text x={box.width - 16} y={18} className={styles.serviceCount}>
        {ready}
        {notReady.length > 0 && `/${ready + notReady.length}`}
      </text>
    </g>
  );
});
