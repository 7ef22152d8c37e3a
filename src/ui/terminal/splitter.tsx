import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './terminal.module.css';

interface SplitterProps {
  /** How much of the width is the left one's, from 0 to 1. */
  readonly share: number;
  readonly onChange: (share: number) => void;
}

const least = 0.2;
const step = 0.05;

/** Between two terminals: dragged, or moved with the arrow keys. */
export function Splitter({ share, onChange }: SplitterProps) {
  const isDragging = useRef(false);
  const set = (wanted: number) => onChange(Math.min(1 - least, Math.max(least, wanted)));

  function drag(event: PointerEvent<HTMLHRElement>) {
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (isDragging.current && frame) set((event.clientX - frame.left) / frame.width);
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowLeft') set(share - step);
    else if (event.key === 'ArrowRight') set(share + step);
    else return;
    event.preventDefault();
  }

  return (
    // A separator that can be moved is a widget: it takes the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      className={styles.splitter}
      aria-label="Resize the terminals"
      aria-orientation="vertical"
      aria-valuemin={least * 100}
      aria-valuemax={(1 - least) * 100}
      aria-valuenow={Math.round(share * 100)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        isDragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => (isDragging.current = false)}
      onPointerCancel={() => (isDragging.current = false)}
    />
  );
}
