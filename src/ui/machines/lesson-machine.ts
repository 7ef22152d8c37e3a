import { assign, fromPromise, setup } from 'xstate';
import type { CheckResult, Lesson } from '../../lesson/index.ts';

export interface LessonContext {
  readonly lesson: Lesson | undefined;
  readonly step: number;
  readonly results: readonly CheckResult[];
  readonly hintsShown: number;
  readonly isSolutionShown: boolean;
  readonly problem: string;
}

export type LessonEvent =
  /** Begin a lesson in a new cluster of its own. */
  | { readonly type: 'begin'; readonly id: string }
  /** Go on with one in the cluster as it is: after a reload. */
  | { readonly type: 'resume'; readonly id: string; readonly step: number }
  | { readonly type: 'check' }
  /** The cluster changed: look again, without a fuss. */
  | { readonly type: 'changed' }
  | { readonly type: 'next' }
  | { readonly type: 'goTo'; readonly step: number }
  | { readonly type: 'hint' }
  | { readonly type: 'showSolution' }
  | { readonly type: 'leave' };

const stepStart = { results: [], hintsShown: 0, isSolutionShown: false } as const;
const noActor = () => Promise.reject(new Error('the page gives the machine its actors'));

/** A lesson from its beginning to its end: prepare the cluster, then step by step until the checks of each pass. */
export const lessonMachine = setup({
  types: { context: {} as LessonContext, events: {} as LessonEvent },
  actors: {
    /** Loads a lesson and brings a new cluster into its start state. */
    prepare: fromPromise<Lesson, string>(noActor),
    load: fromPromise<Lesson, string>(noActor),
    runChecks: fromPromise<readonly CheckResult[], readonly string[]>(noActor),
  },
  guards: {
    allPassed: ({ context }) => context.results.length > 0 && context.results.every(({ passed }) => passed),
    isLastStep: ({ context }) => context.step + 1 >= (context.lesson?.steps.length ?? 0),
  },
  actions: {
    forget: assign({ lesson: undefined, step: 0, problem: '', ...stepStart }),
    blame: assign({
      problem: (_, { error }: { readonly error: unknown }) => (error instanceof Error ? error.message : String(error)),
    }),
    advance: assign({ step: ({ context }) => context.step + 1, ...stepStart }),
  },
  delays: { patience: 600 },
}).createMachine({
  id: 'lesson',
  context: { lesson: undefined, step: 0, problem: '', ...stepStart },
  initial: 'playground',
  on: {
    begin: { target: '.preparing', reenter: true },
    resume: { target: '.resuming', reenter: true },
    leave: '.playground',
  },
  states: {
    playground: { entry: 'forget' },
    preparing: {
      entry: 'forget',
      invoke: {
        src: 'prepare',
        input: ({ event }) => (event.type === 'begin' ? event.id : ''),
        onDone: { target: 'working', actions: assign({ lesson: ({ event }) => event.output }) },
        onError: { target: 'failed', actions: { type: 'blame', params: ({ event }) => ({ error: event.error }) } },
      },
    },
    resuming: {
      entry: assign({ ...stepStart, step: ({ event }) => (event.type === 'resume' ? event.step : 0) }),
      invoke: {
        src: 'load',
        input: ({ event }) => (event.type === 'resume' ? event.id : ''),
        onDone: {
          target: 'working.checking',
          actions: assign({
            lesson: ({ event }) => event.output,
            step: ({ context, event }) => Math.min(context.step, event.output.steps.length - 1),
          }),
        },
        onError: { target: 'failed', actions: { type: 'blame', params: ({ event }) => ({ error: event.error }) } },
      },
    },
    working: {
      initial: 'trying',
      on: {
        hint: {
          actions: assign({
            hintsShown: ({ context: { hintsShown, lesson, step } }) =>
              Math.min(hintsShown + 1, lesson?.steps[step]?.hints.length ?? 0),
          }),
        },
        showSolution: { actions: assign({ isSolutionShown: true }) },
        goTo: { target: '.checking', actions: assign({ step: ({ event }) => event.step, ...stepStart }) },
      },
      states: {
        trying: { on: { check: 'checking', changed: 'settling' } },
        settling: { after: { patience: 'checking' }, on: { check: 'checking' } },
        checking: {
          invoke: {
            src: 'runChecks',
            input: ({ context: { lesson, step } }) => lesson?.steps[step]?.checks ?? [],
            onDone: { target: 'judging', actions: assign({ results: ({ event }) => event.output }) },
            onError: { target: 'trying', actions: { type: 'blame', params: ({ event }) => ({ error: event.error }) } },
          },
        },
        judging: { always: [{ guard: 'allPassed', target: 'solved' }, { target: 'trying' }] },
        solved: {
          on: {
            next: [
              { guard: 'isLastStep', target: '#lesson.finished' },
              { target: 'checking', actions: 'advance' },
            ],
            check: 'checking',
          },
        },
      },
    },
    finished: {
      on: { goTo: { target: 'working.checking', actions: assign({ step: ({ event }) => event.step, ...stepStart }) } },
    },
    failed: {},
  },
});
