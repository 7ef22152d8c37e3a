import { useEffect, useMemo, useState, type RefObject } from 'react';
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

/** Remembers the last layout: how dense it was decides how dense the next is, and an equal one is the same object. */
class LayoutMemory {
  #density: Density = 'card';
  #layout: Layout | undefined;

  layOut(scene: Scene, viewport: Viewport): Layout {
    this.#density = densityOf(scene.nodes, this.#density);
    const layout = layOut(scene, viewport, this.#density);
    if (!this.#layout || !isSame(this.#layout, layout)) this.#layout = layout;
    return this.#layout;
  }
}

/** The layout for what there is; the same object as long as no place changed. */
export function useMapLayout(scene: Scene, viewport: Viewport): Layout {
  const [memory] = useState(() => new LayoutMemory());
  return useMemo(() => memory.layOut(scene, viewport), [memory, scene, viewport]);
}

const isSame = (a: Layout, b: Layout): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

const plain = (layout: Layout) => ({
  ...layout,
  nodes: [...layout.nodes],
  services: [...layout.services],
  ingresses: [...layout.ingresses],
  workloads: [...layout.workloads],
});
