import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Layout, Viewport } from './layout.ts';

/** How close one looks: the load of a node, its pods, or the containers in them. */
export type Detail = 'node' | 'pod' | 'container';

export interface View {
  /** The live transform, for whoever draws by himself. */
  readonly transform: RefObject<ZoomTransform>;
  /** Called after each change of the transform. */
  readonly listeners: Set<() => void>;
  readonly detail: Detail;
  readonly isFollowing: boolean;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panTo: (x: number, y: number) => void;
}

const margin = 20;
/** At the right, for the zoom buttons. */
const reserved = 34;

export const detailOf = (scale: number, cellWidth: number): Detail =>
  scale * cellWidth < 5 ? 'node' : scale * cellWidth > 170 ? 'container' : 'pod';

/**
 * Pan and zoom by wheel, drag and pinch. While the user has not moved the view it follows the layout: everything stays
 * in sight. A view far too tall to read whole is fitted by its width and begins at its top.
 */
export function useZoom(surface: RefObject<HTMLElement | null>, layout: Layout, viewport: Viewport): View {
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const behavior = useRef<ZoomBehavior<HTMLElement, unknown> | undefined>(undefined);
  const [listeners] = useState(() => new Set<() => void>());
  const [detail, setDetail] = useState<Detail>('pod');
  const [isFollowing, setFollowing] = useState(true);
  const cellWidth = layout.grid.cellWidth;
  const cell = useRef(cellWidth);
  useEffect(() => {
    cell.current = cellWidth;
  }, [cellWidth]);

  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const made = zoom<HTMLElement, unknown>()
      .scaleExtent([0.02, 6])
      .on('zoom', (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
        transform.current = event.transform;
        setDetail(detailOf(event.transform.k, cell.current));
        if (event.sourceEvent) setFollowing(false);
        for (const listener of listeners) listener();
      });
    behavior.current = made;
    select(element).call(made).on('dblclick.zoom', null);
    return () => void select(element).on('.zoom', null);
  }, [surface, listeners]);

  const apply = (next: ZoomTransform) => {
    const element = surface.current;
    if (element && behavior.current) select(element).call(behavior.current.transform, next);
  };

  const fitting = fittingTransform(layout, viewport);
  const { x, y, k } = fitting;
  useEffect(() => {
    if (!isFollowing) return;
    const element = surface.current;
    if (element && behavior.current) {
      select(element).call(behavior.current.transform, zoomIdentity.translate(x, y).scale(k));
    }
  }, [surface, isFollowing, x, y, k]);

  return {
    transform,
    listeners,
    detail,
    isFollowing,
    fit: () => setFollowing(true),
    zoomBy(factor) {
      setFollowing(false);
      const element = surface.current;
      if (element && behavior.current) select(element).call(behavior.current.scaleBy, factor);
    },
    panTo(worldX, worldY) {
      const { k: scale, x: left, y: top } = transform.current;
      const [sx, sy] = [worldX * scale + left, worldY * scale + top];
      const isInside = sx > 40 && sy > 40 && sx < viewport.width - 40 && sy < viewport.height - 40;
      if (isInside) return;
      setFollowing(false);
      apply(
        zoomIdentity.translate(viewport.width / 2 - worldX * scale, viewport.height / 2 - worldY * scale).scale(scale),
      );
    },
  };
}

export function fittingTransform(layout: Layout, { width, height }: Viewport): ZoomTransform {
  const free = width - reserved;
  const byWidth = (free - 2 * margin) / layout.width;
  const byHeight = (height - 2 * margin) / layout.height;
  const whole = Math.min(byWidth, byHeight, 1.6);
  const isTooSmall = whole < 0.55 && layout.isNarrow;
  const scale = isTooSmall ? Math.min(byWidth, 1) : whole;
  const x = (free - layout.width * scale) / 2;
  const y = isTooSmall ? margin / 2 : Math.max(margin / 2, (height - layout.height * scale) / 2);
  return zoomIdentity.translate(x, y).scale(scale);
}
