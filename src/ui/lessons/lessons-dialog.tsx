import { useSelector } from '@xstate/react';
import { CircleCheck, Shapes } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Lesson } from '../../lesson/index.ts';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import styles from './lessons.module.css';

/** The lessons to choose from. Each begins in a new cluster. */
export function LessonsDialog({ onClose }: { readonly onClose: () => void }) {
  const { lessons, layout } = useDrydock();
  const finished = useStore(lessons.progress, (state) => state.finished);
  const current = useSelector(lessons.actor, ({ context }) => context.lesson?.id);
  const [list, setList] = useState<readonly Lesson[]>([]);
  const [chosen, setChosen] = useState<Lesson>();
  const [problem, setProblem] = useState('');

  useEffect(() => {
    import('./lesson-library.ts')
      .then(({ loadLessons }) => loadLessons())
      .then(setList, (error: unknown) => setProblem(String(error)));
  }, []);

  function begin(lesson: Lesson) {
    lessons.actor.send({ type: 'begin', id: lesson.id });
    layout.setState({ isLessonOpen: true, narrowPane: 'lesson' });
    onClose();
  }

  if (chosen) {
    return (
      <Dialog title={`Begin “${chosen.title}”`} size="small" onClose={onClose}>
        <p>The lesson begins in a new cluster. What runs in this one is thrown away.</p>
        <div className={styles.dialogActions}>
          <Button onClick={() => setChosen(undefined)}>Back</Button>
          <Button tone="main" onClick={() => begin(chosen)}>
            Begin
          </Button>
        </div>
      </Dialog>
    );
  }

  return (
    <Dialog title="Lessons" onClose={onClose}>
      {problem && <p role="alert">{problem}</p>}
      <ol className={styles.lessonList}>
        {list.map((lesson, index) => (
          <li key={lesson.id}>
            <button type="button" aria-current={lesson.id === current || undefined} onClick={() => setChosen(lesson)}>
              <span className={styles.lessonNumber}>
                {finished.includes(lesson.id) ? <CircleCheck size={18} aria-label="Finished" /> : index + 1}
              </span>
              <span>
                <strong>{lesson.title}</strong>
                <span>{lesson.summary}</span>
              </span>
              <span className={styles.lessonMinutes}>
                {lesson.minutes} min, {lesson.steps.length} steps
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className={styles.dialogActions}>
        <Button
          onClick={() => {
            lessons.actor.send({ type: 'leave' });
            onClose();
          }}
        >
          <Shapes size={14} aria-hidden="true" /> Playground, without a lesson
        </Button>
      </div>
    </Dialog>
  );
}
