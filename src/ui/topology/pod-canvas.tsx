import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { themeOf } from '../stores/settings-store.ts';
import { drawPods, podColors } from './draw-pods.ts';
import type { Layout, Viewport } from './layout.ts';
import type { PodMark, Scene } from './scene.ts';
import type { View } from './use-zoom.ts';
import styles from './topology.module.css';

interface PodCanvasProps {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly viewport: Viewport;
  readonly view: View;
  readonly isDimmed: (mark: PodMark) => boolean;
  readonly selectedPod: string | undefined;
}

/** Nodes and pods on a canvas, for when there are more than SVG bears. Drawn anew after each change, once a frame. */
export function PodCanvas(props: PodCanvasProps) {
  const { settings } = useDrydock();
  const theme = useStore(settings, themeOf);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const request = useRef<() => void>(() => {});

  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: true });
    if (!context) return;
    const colors = podColors(getComputedStyle(document.documentElement));
    let frame = 0;
    const draw = () => {
      frame = 0;
      const { view, ...rest } = latest.current;
      const start = performance.now();
      drawPods({ context, colors, transform: view.transform.current, detail: view.detail, ...rest });
      performance.measure('drydock:pods', { start, end: performance.now() });
    };
    request.current = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    request.current();
    const { listeners } = latest.current.view;
    const redraw = () => request.current();
    listeners.add(redraw);
    return () => {
      listeners.delete(redraw);
      cancelAnimationFrame(frame);
    };
  }, [theme]);

  useEffect(() => request.current());

  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const { width, height } = props.viewport;
  return (
    <canvas
      ref={canvas}
      className={styles.podCanvas}
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ width, height }}
      aria-hidden="true"
    />
  );
}
