import { useSelector } from '@xstate/react';
import { Check, ChevronRight, Lightbulb, PartyPopper } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { LessonStep } from '../../lesson/index.ts';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { Checks } from './checks.tsx';
import { Prose } from './prose.tsx';
import { Solution } from './solution.tsx';
import styles from './lessons.module.css';

export function LessonView() {
  const { lessons, clock } = useDrydock();
  const { actor } = lessons;
  const { lesson, step: at, results, hintsShown, isSolutionShown } = useSelector(actor, ({ context }) => context);
  const isChecking = useSelector(actor, (snapshot) => snapshot.matches({ working: 'checking' }));
  const isSolved = useSelector(actor, (snapshot) => snapshot.matches({ working: 'solved' }));
  const isFinished = useSelector(actor, (snapshot) => snapshot.matches('finished'));
  const isPaused = useStore(clock, (state) => state.isPaused);
  const top = useRef<HTMLElement>(null);

  useEffect(() => {
    top.current?.scrollTo({ top: 0 });
  }, [at, isFinished]);

  const step = lesson?.steps[at];
  if (!lesson || !step) return null;
  if (isFinished) return <Finished />;
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.lesson} ref={top} tabIndex={0} aria-label={`Step ${at + 1}: ${step.title}`}>
      <Steps steps={lesson.steps} at={at} />
      <h3 className={styles.stepTitle}>{step.title}</h3>
      {at === 0 && lesson.introduction && <Prose text={lesson.introduction} />}
      <Prose text={step.prose} />
      <div className={styles.task}>
        <h4>Your task</h4>
        <Prose text={step.task} />
      </div>
      <Checks sentences={step.checks} results={results} isChecking={isChecking} />
      <div className={styles.actions}>
        {isSolved ? (
          <Button tone="main" onClick={() => actor.send({ type: 'next' })}>
            {at + 1 < lesson.steps.length ? 'Next step' : 'Finish'} <ChevronRight size={14} aria-hidden="true" />
          </Button>
        ) : (
          <Button disabled={isChecking} onClick={() => actor.send({ type: 'check' })}>
            <Check size={14} aria-hidden="true" /> {isChecking ? 'Checking' : 'Check now'}
          </Button>
        )}
        {isPaused && !isSolved && <span className={styles.aside}>Time is paused: nothing in the cluster moves.</span>}
      </div>
      {step.hints.length > 0 && (
        <div className={styles.hints}>
          {step.hints.slice(0, hintsShown).map((hint) => (
            <div key={hint} className={styles.hint}>
              <Lightbulb size={14} aria-hidden="true" />
              <Prose text={hint} />
            </div>
          ))}
          {hintsShown < step.hints.length && (
            <Button tone="quiet" onClick={() => actor.send({ type: 'hint' })}>
              <Lightbulb size={14} aria-hidden="true" /> {hintsShown === 0 ? 'A hint' : 'Another hint'} ({step.hints.length - hintsShown} left)
            </Button>
          )}
        </div>
      )}
      <Solution text={step.solution} isShown={isSolutionShown} onShow={() => actor.send({ type: 'showSolution' })} />
    </section>
  );
}

function Steps({ steps, at }: { readonly steps: readonly LessonStep[]; readonly at: number }) {
  return (
    <p className={styles.steps}>
      Step {at + 1} of {steps.length}
      <span aria-hidden="true">
        {steps.map(({ id }, index) => (
          <i key={id} data-done={index < at || undefined} data-current={index === at || undefined} />
        ))}
      </span>
    </p>
  );
}

function Finished() {
  const { lessons, overlay } = useDrydock();
  const lesson = useSelector(lessons.actor, ({ context }) => context.lesson);
  return (
    <section className={styles.lesson} aria-label="Finished">
      <PartyPopper size={22} strokeWidth={1.5} aria-hidden="true" className={styles.finishedMark} />
      <h3 className={styles.stepTitle}>{lesson?.title}: done</h3>
      <p>Every check passes. The cluster is still yours: try something else on it, or go on.</p>
      <div className={styles.actions}>
        <Button tone="main" onClick={() => overlay.show('lessons')}>
          Next lesson
        </Button>
        <Button onClick={() => lessons.actor.send({ type: 'leave' })}>Stay and play</Button>
      </div>
    </section>
  );
}
