import { createActor, fromPromise, type ActorRefFrom } from 'xstate';
import type { StoreApi } from 'zustand/vanilla';
import type { KubeApi } from '../../client/index.ts';
import type { CheckResult, Lesson } from '../../lesson/index.ts';
import { lessonMachine } from '../machines/lesson-machine.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import { createPersistedStore } from '../stores/persisted-store.ts';
import type { SimClient } from '../stores/sim-client.ts';

/** What of the lessons outlives a reload. The cluster itself is the worker's to keep. */
export interface Progress {
  readonly lessonId: string;
  readonly step: number;
  /** Ids of lessons that were finished. */
  readonly finished: readonly string[];
}

export interface LessonRun {
  readonly actor: ActorRefFrom<typeof lessonMachine>;
  readonly progress: StoreApi<Progress>;
}

interface LessonRunParts {
  readonly api: KubeApi;
  readonly sim: SimClient;
  readonly cluster: ClusterStores;
  /** The cluster behind the API has been replaced. */
  readonly onReplaced: () => void;
}

/** How long a new cluster runs before anybody looks: nodes become Ready. */
const bootMs = 30_000;

/** Runs the lesson machine against the cluster, and remembers where it is. */
export function createLessonRun({ api, sim, cluster, onReplaced }: LessonRunParts): LessonRun {
  const progress = createPersistedStore<Progress>('drydock.progress', { lessonId: '', step: 0, finished: [] });

  async function prepare(id: string): Promise<Lesson> {
    const [{ loadLesson }, { applyStart }, { KubeClient }] = await Promise.all([
      import('./lesson-library.ts'),
      import('../../lesson/index.ts'),
      import('../../client/index.ts'),
    ]);
    const lesson = await loadLesson(id);
    await sim.startOver({ seed: 1, epochMs: Math.floor(Date.now() / 1000) * 1000, nodes: 3 });
    await sim.run(bootMs);
    await applyStart(lesson.start, new KubeClient(api, 'drydock-lesson'));
    await sim.run(lesson.settleSeconds * 1000);
    onReplaced();
    return lesson;
  }

  async function runChecks(sentences: readonly string[]): Promise<readonly CheckResult[]> {
    const [{ runCheck }, { KubeClient }] = await Promise.all([import('../../lesson/index.ts'), import('../../client/index.ts')]);
    const client = new KubeClient(api, 'drydock-check');
    return Promise.all(sentences.map((sentence) => runCheck(sentence, client)));
  }

  const machine = lessonMachine.provide({
    actors: {
      prepare: fromPromise<Lesson, string>(({ input }) => prepare(input)),
      load: fromPromise<Lesson, string>(async ({ input }) => (await import('./lesson-library.ts')).loadLesson(input)),
      runChecks: fromPromise<readonly CheckResult[], readonly string[]>(({ input }) => runChecks(input)),
    },
  });
  const actor = createActor(machine);
  const { lessonId, step } = progress.getState();

  actor.subscribe(({ context, value }) => {
    const { finished } = progress.getState();
    const { lesson } = context;
    if (value === 'playground') progress.setState({ lessonId: '', step: 0 });
    else if (value === 'finished' && lesson) {
      progress.setState({ finished: [...finished.filter((id) => id !== lesson.id), lesson.id] });
    } else if (lesson) progress.setState({ lessonId: lesson.id, step: context.step });
  });
  actor.start();
  if (lessonId) actor.send({ type: 'resume', id: lessonId, step });

  // What may have changed a check's answer. Events and leases change all the time and never do.
  for (const resource of ['pods', 'deployments', 'services', 'endpointslices', 'nodes', 'configmaps', 'secrets'] as const) {
    cluster.of(resource).subscribe(({ changes }) => {
      if (changes.length > 0 && actor.getSnapshot().matches({ working: 'trying' })) actor.send({ type: 'changed' });
    });
  }
  return { actor, progress };
}
