import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ObjectKey, TraceMessage } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { isMotionReduced, themeOf } from '../stores/settings-store.ts';
import { drawMessages, messageColors } from './draw-messages.ts';
import type { Layout, Viewport } from './layout.ts';
import { MessagePlayer } from './message-player.ts';
import type { PodMark } from './scene.ts';
import type { View } from './use-zoom.ts';
import styles from './topology.module.css';

interface MessageLayerProps {
  readonly layout: Layout;
  readonly marks: ReadonlyMap<ObjectKey, PodMark>;
  readonly viewport: Viewport;
  readonly view: View;
}

/** Virtual seconds per second at which single messages can no longer be followed. */
const fastFrom = 10;

/** Leases are renewed, nodes report and events are noted all the time; nobody learns from watching that. */
const isHeartbeat = ({ subject = '', verb }: TraceMessage) =>
  subject.startsWith('leases') || subject.startsWith('events') || (subject.startsWith('nodes/') && /status/.test(verb));

/** The messages between the parts, above everything else. Draws only while something travels. */
export function MessageLayer(props: MessageLayerProps) {
  const { trace, settings, journeys, clock } = useDrydock();
  const theme = useStore(settings, themeOf);
  const isReduced = useStore(settings, isMotionReduced);
  const showsHeartbeats = useStore(settings, (state) => state.showHeartbeats);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const player = new MessagePlayer();
    const surface = canvas.current;
    const context = surface?.getContext('2d');
    const colors = messageColors(getComputedStyle(document.documentElement));
    let frame = 0;
    let lastMs = 0;

    function draw(nowMs: number) {
      frame = 0;
      player.advance(nowMs, Math.min(100, nowMs - lastMs));
      lastMs = nowMs;
      const { layout, marks, viewport, view } = latest.current;
      if (context)
        drawMessages({
          context,
          player,
          nowMs,
          layout,
          marks,
          viewport,
          transform: view.transform.current,
          colors,
          isReduced,
        });
      if (player.isBusy) request();
    }
    function request() {
      if (frame === 0 && !document.hidden) frame = requestAnimationFrame(draw);
    }

    const stop = trace.subscribe((message) => {
      if (document.hidden || (!showsHeartbeats && isHeartbeat(message))) return;
      // The packets of a request that is being followed are drawn as its path.
      const { journey } = journeys.getState();
      if (message.kind === 'packet' && journey && !journey.outcome) return;
      const { speed } = clock.getState();
      player.isFast = speed >= fastFrom;
      player.add(message, performance.now());
      request();
    });
    const { listeners } = latest.current.view;
    const redraw = () => player.isBusy && request();
    listeners.add(redraw);
    return () => {
      stop();
      listeners.delete(redraw);
      cancelAnimationFrame(frame);
      context?.clearRect(0, 0, surface?.width ?? 0, surface?.height ?? 0);
    };
  }, [trace, journeys, clock, theme, isReduced, showsHeartbeats]);

  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const { width, height } = props.viewport;
  return (
    <canvas
      ref={canvas}
      className={styles.messages}
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ width, height }}
      aria-hidden="true"
    />
  );
}
