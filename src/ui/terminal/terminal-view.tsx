import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { themeOf } from '../stores/settings-store.ts';
import { openSession } from './open-session.ts';
import { terminalTheme } from './terminal-theme.ts';
import styles from './terminal.module.css';

const TerminalSearch = lazy(() =>
  import('./terminal-search.tsx').then(({ TerminalSearch }) => ({ default: TerminalSearch })),
);

interface TerminalViewProps {
  readonly id: number;
  readonly title: string;
  /** Its column among those that are seen; -1 out of sight. */
  readonly place: number;
  readonly isCurrent: boolean;
  readonly isSearching: boolean;
  readonly onSearchEnd: () => void;
}

interface Screen {
  readonly terminal: Terminal;
  readonly fit: FitAddon;
}

/** One terminal: xterm as the screen, and a session of the shell behind it. */
export function TerminalView({ id, title, place, isCurrent, isSearching, onSearchEnd }: TerminalViewProps) {
  const { terminal: store, settings, workstation } = useDrydock();
  const theme = useStore(settings, themeOf);
  const textScale = useStore(settings, (state) => state.textScale);
  const screenReaderMode = useStore(settings, (state) => state.screenReaderMode);
  const focusRequests = useStore(store, (state) => state.focusRequests);
  const pasted = useStore(store, (state) => state.pasted);
  const host = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<Screen>();

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const terminal = new Terminal({
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13,
      lineHeight: 1.25,
      cursorBlink: false,
      scrollback: 5_000,
      minimumContrastRatio: 4.5,
      theme: terminalTheme(),
      macOptionIsMeta: true,
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(new WebLinksAddon((_, uri) => void window.open(uri, '_blank', 'noopener')));
    terminal.open(element);
    terminal.textarea?.addEventListener('focus', () => store.setState({ current: id }));
    terminal.attachCustomKeyEventHandler((event) => !copyOrPaste(event, terminal));
    // The last terminal stays when its shell ends, and begins another.
    const close = openSession(workstation, terminal, () => store.close(id));
    setScreen({ terminal, fit });

    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientHeight > 0) fit.fit();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      close();
      terminal.dispose();
    };
  }, [workstation, store, id]);

  useEffect(() => {
    if (!screen) return;
    Object.assign(screen.terminal.options, {
      theme: terminalTheme(),
      fontSize: Math.round(13 * textScale),
      screenReaderMode,
    });
    if (host.current?.clientWidth) screen.fit.fit();
  }, [screen, theme, textScale, screenReaderMode]);

  // A request that came before there was a screen is honoured when there is one.
  const honoured = useRef({ focus: 0, paste: 0 });
  useEffect(() => {
    if (!screen || !isCurrent || focusRequests <= honoured.current.focus) return;
    honoured.current.focus = focusRequests;
    screen.terminal.focus();
  }, [screen, isCurrent, focusRequests]);
  useEffect(() => {
    if (!screen || !isCurrent || !pasted || pasted.id <= honoured.current.paste) return;
    honoured.current.paste = pasted.id;
    screen.terminal.focus();
    if (pasted.text) screen.terminal.paste(pasted.text);
  }, [screen, isCurrent, pasted]);

  return (
    <section
      className={styles.screen}
      hidden={place < 0}
      data-place={place}
      data-current={isCurrent || undefined}
      aria-label={title}
    >
      <div ref={host} className={styles.host} />
      {isSearching && screen && (
        <Suspense>
          <TerminalSearch
            terminal={screen.terminal}
            onClose={() => {
              onSearchEnd();
              screen.terminal.focus();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

/** Ctrl+Shift+C and V, as terminals have it; Ctrl+C alone is the shell's. True when the key was one of them. */
function copyOrPaste(event: KeyboardEvent, terminal: Terminal): boolean {
  if (event.type !== 'keydown' || !event.ctrlKey || !event.shiftKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'c' && terminal.hasSelection()) void navigator.clipboard.writeText(terminal.getSelection());
  else if (key === 'v') void navigator.clipboard.readText().then((text) => terminal.paste(text));
  else return false;
  event.preventDefault();
  return true;
}
