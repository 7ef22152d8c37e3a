import { useMachine } from '@xstate/react';
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import type { BootReport } from '../worker/index.ts';
import { DrydockContext, useDrydock, type Drydock } from './drydock.ts';
import { bootMachine } from './machines/boot-machine.ts';
import { Palette } from './palette/palette.tsx';
import { Notice } from './parts/notice.tsx';
import type { BugStore } from './stores/bug-store.ts';
import { BootFailure } from './workspace/boot-failure.tsx';
import { BugBanner } from './workspace/bug-banner.tsx';
import { Workspace } from './workspace/workspace.tsx';

// Not the palette: who presses Ctrl+K types on at once.
const AboutDialog = lazy(() =>
  import('./about/about-dialog.tsx').then(({ AboutDialog }) => ({ default: AboutDialog })),
);
const LessonsDialog = lazy(() =>
  import('./lessons/lessons-dialog.tsx').then(({ LessonsDialog }) => ({ default: LessonsDialog })),
);
const NewClusterDialog = lazy(() =>
  import('./workspace/new-cluster-dialog.tsx').then(({ NewClusterDialog }) => ({ default: NewClusterDialog })),
);
const SettingsDialog = lazy(() =>
  import('./settings/settings-dialog.tsx').then(({ SettingsDialog }) => ({ default: SettingsDialog })),
);

interface AppProps {
  readonly drydock: Drydock;
  readonly booted: Promise<BootReport>;
  readonly bugs: BugStore;
}

export function App({ drydock, booted, bugs }: AppProps) {
  const [boot] = useMachine(bootMachine, { input: { booted } });
  const { problem } = boot.context;
  const isRunning = boot.matches('running');

  useEffect(() => {
    if (isRunning && problem) {
      drydock.overlay.say(`Your last session could not be taken up and was put aside: ${problem}`, 'bad');
    }
  }, [drydock, isRunning, problem]);

  if (boot.matches('failed')) return <BootFailure problem={problem} />;
  return (
    <DrydockContext value={drydock}>
      <BugBanner bugs={bugs} />
      <Workspace isStarting={!isRunning} />
      <Overlays />
    </DrydockContext>
  );
}

/** What is laid over the page, one thing at a time. */
function Overlays() {
  const { overlay } = useDrydock();
  const open = useStore(overlay, (state) => state.open);
  const notice = useStore(overlay, (state) => state.notice);
  const close = () => overlay.show('none');

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        event.stopPropagation();
        overlay.show(overlay.getState().open === 'palette' ? 'none' : 'palette');
      }
    }
    // Before the terminal sees it, where Ctrl+K would cut the line.
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [overlay]);

  return (
    <>
      <Suspense>
        {open === 'palette' && <Palette onClose={close} />}
        {open === 'settings' && <SettingsDialog onClose={close} />}
        {open === 'about' && <AboutDialog onClose={close} />}
        {open === 'new-cluster' && <NewClusterDialog onClose={close} />}
        {open === 'lessons' && <LessonsDialog onClose={close} />}
      </Suspense>
      <Notice notice={notice} />
    </>
  );
}
