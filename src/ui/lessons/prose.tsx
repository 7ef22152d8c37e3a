import { memo, useMemo, type MouseEvent } from 'react';
import { useDrydock } from '../drydock.ts';
import { renderMarkdown } from './markdown.ts';
import styles from './lessons.module.css';

/** A lesson's text. Commands in it can be put into the terminal. */
export const Prose = memo(function Prose({ text }: { readonly text: string }) {
  const { typeInTerminal } = useDrydock();
  const html = useMemo(() => renderMarkdown(text), [text]);

  function click(event: MouseEvent<HTMLDivElement>) {
    const block = event.target instanceof Element ? event.target.closest('pre[data-command]') : null;
    // Marking text to copy it is no click.
    if (block && getSelection()?.isCollapsed !== false) typeInTerminal(block.textContent?.trim() ?? '');
  }

  return (
    // The commands can be typed just as well: the click is a shortcut for the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className={styles.prose} onClick={click} dangerouslySetInnerHTML={{ __html: html }} />
  );
});
