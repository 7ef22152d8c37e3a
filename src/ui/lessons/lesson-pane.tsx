import { useSelector } from '@xstate/react';
import { GraduationCap } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Pane } from '../workspace/pane.tsx';
import { Playground } from './playground.tsx';
import styles from './lessons.module.css';

/** With the Markdown renderer, which the playground does not need. */
const LessonView = lazy(() => import('./lesson-view.tsx').then(({ LessonView }) => ({ default: LessonView })));

export function LessonPane() {
  const { lessons, overlay } = useDrydock();
  const title = useSelector(lessons.actor, ({ context }) => context.lesson?.title);
  const isPlayground = useSelector(lessons.actor, (snapshot) => snapshot.matches('playground'));
  const isLoading = useSelector(
    lessons.actor,
    (snapshot) => snapshot.matches('preparing') || snapshot.matches('resuming'),
  );
  const problem = useSelector(lessons.actor, (snapshot) => (snapshot.matches('failed') ? snapshot.context.problem : ''));

  return (
    <Pane id="lesson" name="Lesson" head={<h2 className={styles.title}>{title ?? (isPlayground ? 'Playground' : 'Lesson')}</h2>}>
      {isPlayground && <Playground />}
      {isLoading && (
        <output className={styles.loading}>
          Preparing a cluster for the lesson.
        </output>
      )}
      {problem && (
        <div className={styles.loading}>
          <p>The lesson could not begin: {problem}</p>
          <Button onClick={() => overlay.show('lessons')}>
            <GraduationCap size={14} aria-hidden="true" /> Choose a lesson
          </Button>
        </div>
      )}
      {!isPlayground && !isLoading && !problem && (
        <Suspense>
          <LessonView />
        </Suspense>
      )}
    </Pane>
  );
}
