import { useEffect, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { InspectorPane } from '../inspector/inspector-pane.tsx';
import { LessonPane } from '../lessons/lesson-pane.tsx';
import type { LayoutState, PaneId } from '../stores/layout-store.ts';
import { TimeBar } from '../timeline/time-bar.tsx';
import { TopologyPane } from '../topology/topology-pane.tsx';
import { BottomPane } from './bottom-pane.tsx';
import { Header } from './header.tsx';
import { NarrowTabs } from './narrow-tabs.tsx';
import styles from './workspace.module.css';

const narrowQuery = '(max-width: 760px)';

export function Workspace({ isStarting }: { readonly isStarting: boolean }) {
  const isNarrow = useMediaQuery(narrowQuery);
  return (
    <div className={styles.workspace} data-starting={isStarting || undefined} aria-busy={isStarting}>
      <Header />
      {isNarrow ? <NarrowPanes /> : <WidePanes />}
      <TimeBar />
      {isNarrow && <NarrowTabs />}
    </div>
  );
}

function WidePanes() {
  const { layout } = useDrydock();
  const isLessonOpen = useStore(layout, (state) => state.isLessonOpen);
  const isInspectorOpen = useStore(layout, (state) => state.isInspectorOpen);
  // Where a drag begins; the panels keep their own sizes after that.
  const [{ sizes }] = useState(() => layout.getState());
  const remember = (part: keyof LayoutState['sizes']) => (size: { readonly inPixels: number }) => {
    if (size.inPixels > 0 && !layout.getState().maximised) {
      layout.setState(({ sizes }) => ({ sizes: { ...sizes, [part]: Math.round(size.inPixels) } }));
    }
  };

  useEffect(() => {
    /** The pane that has the focus fills the screen, or goes back to its place. */
    function press(event: KeyboardEvent) {
      if (!event.ctrlKey || !event.shiftKey || event.key !== 'Enter') return;
      const pane = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'] as PaneId | undefined;
      const { maximised } = layout.getState();
      if (!pane && !maximised) return;
      event.preventDefault();
      event.stopPropagation();
      layout.setState({ maximised: maximised ? undefined : pane });
    }
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [layout]);

  return (
    <main className={styles.main}>
      <Group orientation="horizontal" className={styles.group}>
        {isLessonOpen && (
          <>
            <Panel
              id="lesson"
              defaultSize={sizes.lesson}
              minSize={240}
              maxSize="45%"
              groupResizeBehavior="preserve-pixel-size"
              onResize={remember('lesson')}
            >
              <LessonPane />
            </Panel>
            <Separator className={styles.separatorX} aria-label="Resize lesson" />
          </>
        )}
        <Panel id="centre" minSize={320}>
          <Group orientation="vertical" className={styles.group}>
            <Panel id="topology" minSize={120}>
              <TopologyPane />
            </Panel>
            <Separator className={styles.separatorY} aria-label="Resize terminal" />
            <Panel
              id="bottom"
              defaultSize={sizes.bottom}
              minSize={100}
              groupResizeBehavior="preserve-pixel-size"
              onResize={remember('bottom')}
            >
              <BottomPane />
            </Panel>
          </Group>
        </Panel>
        {isInspectorOpen && (
          <>
            <Separator className={styles.separatorX} aria-label="Resize inspector" />
            <Panel
              id="inspector"
              defaultSize={sizes.inspector}
              minSize={280}
              maxSize="50%"
              groupResizeBehavior="preserve-pixel-size"
              onResize={remember('inspector')}
            >
              <InspectorPane />
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

/** One pane at a time; the others stay as they are, out of sight. */
function NarrowPanes() {
  const { layout } = useDrydock();
  const shown = useStore(layout, (state) => state.narrowPane);
  const panes = { lesson: LessonPane, topology: TopologyPane, terminal: BottomPane, inspector: InspectorPane };
  return (
    <main className={styles.main}>
      {Object.entries(panes).map(([id, PaneOf]) => (
        <div key={id} className={styles.narrowPane} hidden={id !== shown}>
          <PaneOf />
        </div>
      ))}
    </main>
  );
}

function useMediaQuery(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setMatches(list.matches);
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}
