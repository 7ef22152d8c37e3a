import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, waitFor } from 'xstate';
import type { CheckResult, Lesson } from '../../lesson/index.ts';
import { lessonMachine } from './lesson-machine.ts';

const step = (id: string): Lesson['steps'][number] => ({
  id,
  title: id,
  prose: '',
  task: 'do it',
  hints: ['a nudge', 'nearly all of it'],
  checks: [`${id} is done`],
  solution: 'true',
});

const lesson: Lesson = {
  id: 'track/one',
  track: 'track',
  title: 'One',
  summary: '',
  minutes: 1,
  introduction: '',
  start: '',
  settleSeconds: 0,
  steps: [step('first'), step('second')],
};

/** A lesson whose checks pass for the sentences in `done`. */
function begin(done: Set<string>) {
  const check = (sentence: string): CheckResult => ({
    sentence,
    passed: done.has(sentence),
    wanted: 'it',
    found: 'that',
  });
  const machine = lessonMachine.provide({
    actors: {
      prepare: fromPromise<Lesson, string>(() => Promise.resolve(lesson)),
      load: fromPromise<Lesson, string>(() => Promise.resolve(lesson)),
      runChecks: fromPromise<readonly CheckResult[], readonly string[]>(({ input }) =>
        Promise.resolve(input.map(check)),
      ),
    },
    delays: { patience: 1 },
  });
  return createActor(machine).start();
}

describe('lessonMachine', () => {
  it('goes on only when the checks of a step pass, and ends after the last', async () => {
    const done = new Set<string>();
    const actor = begin(done);
    actor.send({ type: 'begin', id: lesson.id });
    await waitFor(actor, (snapshot) => snapshot.matches({ working: 'trying' }));
    actor.send({ type: 'check' });
    await waitFor(actor, (snapshot) => snapshot.context.results.length > 0);
    actor.send({ type: 'next' });
    expect(actor.getSnapshot().context.step).toBe(0);

    done.add('first is done');
    actor.send({ type: 'changed' });
    await waitFor(actor, (snapshot) => snapshot.matches({ working: 'solved' }));
    actor.send({ type: 'next' });
    await waitFor(actor, (snapshot) => snapshot.context.step === 1 && snapshot.matches({ working: 'trying' }));

    done.add('second is done');
    actor.send({ type: 'check' });
    await waitFor(actor, (snapshot) => snapshot.matches({ working: 'solved' }));
    actor.send({ type: 'next' });
    expect(actor.getSnapshot().value).toBe('finished');
  });

  it('shows hints one at a time, and no more than there are', async () => {
    const actor = begin(new Set());
    actor.send({ type: 'begin', id: lesson.id });
    await waitFor(actor, (snapshot) => snapshot.matches('working'));
    const shown = [1, 2, 3].map(() => {
      actor.send({ type: 'hint' });
      return actor.getSnapshot().context.hintsShown;
    });
    expect(shown).toEqual([1, 2, 2]);
  });

  it('goes on where it was after a reload, in the cluster as it is', async () => {
    const actor = begin(new Set());
    actor.send({ type: 'resume', id: lesson.id, step: 1 });
    await waitFor(actor, (snapshot) => snapshot.matches({ working: 'trying' }));
    expect(actor.getSnapshot().context.step).toBe(1);
  });
});
