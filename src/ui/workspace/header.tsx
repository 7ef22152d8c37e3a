import { BookOpen, CircleHelp, GraduationCap, Moon, Search, Settings2, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { themeOf } from '../stores/settings-store.ts';
import { ConnectionNote } from './connection-note.tsx';
import styles from './workspace.module.css';

export function Header() {
  const { layout, settings, overlay } = useDrydock();
  const theme = useStore(settings, themeOf);
  const isLessonOpen = useStore(layout, (state) => state.isLessonOpen);
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <img src="/icon.svg" alt="" width={20} height={20} />
        <h1>Drydock</h1>
      </div>
      <span className={styles.wideOnly}>
        <IconButton
          icon={BookOpen}
          label="Lesson pane"
          isPressed={isLessonOpen}
          onClick={() => layout.setState({ isLessonOpen: !isLessonOpen })}
        />
      </span>
      <button type="button" className={styles.lessonsButton} onClick={() => overlay.show('lessons')}>
        <GraduationCap size={16} strokeWidth={1.75} aria-hidden="true" />
        Lessons
      </button>
      <ConnectionNote />
      <div className={styles.headerEnd}>
        <button
          type="button"
          className={styles.search}
          aria-label="Find an object or a command"
          onClick={() => overlay.show('palette')}
        >
          <Search size={14} strokeWidth={1.75} aria-hidden="true" />
          <span>Find or do anything</span>
          <kbd>Ctrl K</kbd>
        </button>
        <IconButton
          icon={theme === 'dark' ? Sun : Moon}
          label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={() => settings.setState({ theme: theme === 'dark' ? 'light' : 'dark' })}
        />
        <IconButton icon={Settings2} label="Settings" onClick={() => overlay.show('settings')} />
        <IconButton icon={CircleHelp} label="About: what is simulated" onClick={() => overlay.show('about')} />
      </div>
    </header>
  );
}
