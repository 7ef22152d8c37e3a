import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { densityOf, layOut, type Density, type Layout, type Viewport } from './layout.ts';
import type { Scene } from './scene.ts';

/** The size of an element, followed as it changes. */
export function useSize(element: RefObject<HTMLElement | null>): Viewport {
  const [size, setSize] = useState<Viewport>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      // A pane that is hidden keeps the size it had.
      if (width > 0) setSize({ width: Math.round(width), height: Math.round(height) });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** The layout for what there is; the same object as long as no place changed. */
export function useMapLayout(scene: Scene, viewport: Viewport): Layout {
  const density = useRef<Density>('card');
  const before = useRef<Layout>(undefined);
  return useMemo(() => {
    density.current = densityOf(scene.nodes, density.current);
    const layout = layOut(scene, viewport, density.current);
    if (before.current && isSame(before.current, layout)) return before.current;
    before.current = layout;
    return layout;
  }, [scene, viewport]);
}

const isSame = (a: Layout, b: Layout): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

const plain = (layout: Layout) => ({
  ...layout,
  nodes: [...layout.nodes],
  services: [...layout.services],
  workloads: [...layout.workloads],
});
