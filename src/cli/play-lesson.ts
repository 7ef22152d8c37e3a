import { KubeClient, type KubeApi } from '../client/index.ts';
import { realHost, serve, Simulation } from '../http/index.ts';
import {
  applyStart,
  LessonError,
  parseLesson,
  runCheck,
  type CheckResult,
  type LessonFiles,
  type LessonStep,
} from '../lesson/index.ts';
import { createWorkstation, runScript, type Workstation } from '../terminal/index.ts';

/** A whole lesson must fit into this much virtual time. */
const longestMs = 60 * 60_000;
const bootMs = 30_000;

/**
 * Plays a lesson in a cluster of its own: before its solution each step must have a check that fails, and after it all
 * must pass. Gives what is wrong with the lesson.
 */
export async function playLesson(files: LessonFiles): Promise<readonly string[]> {
  let lesson;
  try {
    lesson = parseLesson(files);
  } catch (error) {
    if (error instanceof LessonError) return error.problems;
    throw error;
  }
  const simulation = new Simulation(
    { seed: 1, epochMs: Date.UTC(2026, 0, 5, 9), nodes: 3, onDemand: true, freeze: true },
    realHost,
  );
  await simulation.advance(bootMs);
  const api = serve(simulation);
  const client = new KubeClient(api, 'drydock-lesson');
  const { clock } = simulation.session.cluster;
  const startedMs = clock.nowMs;
  try {
    await applyStart(lesson.start, client);
  } catch (error) {
    return [`the start state is refused: ${error instanceof Error ? error.message : String(error)}`];
  }
  await simulation.advance(lesson.settleSeconds * 1000);
  const workstation = createWorkstation({ api, isTimeOnDemand: true });
  const problems: string[] = [];
  for (const step of lesson.steps) problems.push(...(await playStep(step, workstation, api)));
  workstation.dispose();
  if (clock.nowMs - startedMs > longestMs) problems.push('takes more than an hour of virtual time');
  return problems;
}

async function playStep(step: LessonStep, workstation: Workstation, api: KubeApi): Promise<readonly string[]> {
  const client = new KubeClient(api, 'drydock-check');
  const results = () => Promise.all(step.checks.map((sentence) => runCheck(sentence, client)));
  const problems: string[] = [];
  if ((await results()).every(({ passed }) => passed))
    problems.push(`step ${step.id}: is solved before anything was done`);
  const said = await runSolution(step.solution, workstation);
  const failed = (await results()).filter(({ passed }) => !passed);
  problems.push(...failed.map((result) => `step ${step.id}: ${failureText(result)}`));
  if (failed.length > 0)
    problems.push(`step ${step.id}: its solution said: ${said.trim().split('\n').slice(-5).join(' | ')}`);
  return problems;
}

function failureText({ sentence, wanted, found }: CheckResult): string {
  return `the solution does not satisfy "${sentence}": wanted ${wanted}, found ${found}`;
}

async function runSolution(solution: string, workstation: Workstation): Promise<string> {
  let said = '';
  const decoder = new TextDecoder();
  const take = (bytes: Uint8Array) => {
    said += decoder.decode(bytes, { stream: true });
  };
  await runScript(workstation, { argv: ['-c', solution], stdout: take, stderr: take });
  return said;
}
