import { useEffect, useState } from 'react';
import type { OverlayState } from '../stores/overlay-store.ts';
import styles from './notice.module.css';

const shownMs = 6_000;

/** Says shortly what was done, or why not. */
export function Notice({ notice }: { readonly notice: OverlayState['notice'] }) {
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setGone(notice.id), shownMs);
    return () => clearTimeout(timer);
  }, [notice]);
  const isShown = notice !== undefined && notice.id > gone;
  return (
    <output className={styles.notice} data-tone={notice?.tone} hidden={!isShown}>
      {isShown && notice.text}
    </output>
  );
}
