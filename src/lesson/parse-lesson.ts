import * as v from 'valibot';
import { parse as parseYaml } from 'yaml';
import type { Lesson, LessonStep } from './lesson.ts';
import { parseSentence } from './checks/sentences.ts';

/** The four files of a lesson's folder. */
export interface LessonFiles {
  readonly id: string;
  readonly markdown: string;
  readonly start: string;
  readonly checks: string;
  readonly solution: string;
}

/** Thrown with everything that is wrong with a lesson's text. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  readonly problems: readonly string[];

  constructor(id: string, problems: readonly string[]) {
    super(`${id}: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

const frontMatterSchema = v.strictObject({
  title: v.string(),
  summary: v.string(),
  minutes: v.number(),
  settleSeconds: v.optional(v.number(), 10),
});

const checksSchema = v.record(v.string(), v.pipe(v.array(v.string()), v.minLength(1)));

/**
 * Reads a lesson. `lesson.en.md` has front matter, an introduction, and one `## Title {#id}` per step; a step's
 * `### Task` and `### Hints` follow its prose. `checks.yaml` maps step ids to sentences; `solution.sh` has a
 * `# step: id` line before each step's commands. Throws LessonError.
 */
export function parseLesson(files: LessonFiles): Lesson {
  const problems: string[] = [];
  const { head, body } = splitFrontMatter(files.markdown);
  const front = v.safeParse(frontMatterSchema, readYaml(head, 'front matter', problems));
  if (!front.success) problems.push(...front.issues.map((issue) => `front matter: ${issue.message}`));
  const checks = v.safeParse(checksSchema, readYaml(files.checks, 'checks.yaml', problems));
  if (!checks.success) problems.push(...checks.issues.map((issue) => `checks.yaml: ${issue.message}`));
  const solutions = splitSolution(files.solution);
  const [introduction = '', ...sections] = body.split(/^## /m);
  const sentences = checks.success ? checks.output : {};
  const steps = sections.map((section) => parseStep(section, sentences, solutions, problems));
  const known = new Set(steps.map((step) => step.id));
  for (const id of [...Object.keys(sentences), ...solutions.keys()]) {
    if (!known.has(id)) problems.push(`there is no step ${JSON.stringify(id)}`);
  }
  if (steps.length === 0) problems.push('lesson.en.md: has no step');
  if (problems.length > 0 || !front.success) throw new LessonError(files.id, problems);
  const track = files.id.split('/')[0]!;
  return { id: files.id, track, ...front.output, introduction: introduction.trim(), start: files.start, steps };
}

function parseStep(
  section: string,
  checks: Readonly<Record<string, readonly string[]>>,
  solutions: ReadonlyMap<string, string>,
  problems: string[],
): LessonStep {
  const newline = section.indexOf('\n');
  const heading = /^(.*?)\s*\{#([a-z0-9-]+)\}\s*$/.exec(newline < 0 ? section : section.slice(0, newline));
  if (!heading) problems.push(`the heading "${section.slice(0, Math.max(newline, 0))}" has no {#id}`);
  const [, title = '', id = ''] = heading ?? [];
  const parts = section.slice(newline + 1).split(/^### /m);
  const part = (name: string) =>
    parts
      .find((text) => text.startsWith(`${name}\n`))
      ?.slice(name.length + 1)
      .trim();
  const task = part('Task');
  const sentences = checks[id] ?? [];
  const solution = solutions.get(id);
  if (!task) problems.push(`step ${id}: has no "### Task"`);
  if (sentences.length === 0) problems.push(`step ${id}: has no checks`);
  if (!solution) problems.push(`step ${id}: has no solution`);
  for (const sentence of sentences) {
    if (!parseSentence(sentence)) problems.push(`step ${id}: nobody understands the check "${sentence}"`);
  }
  return {
    id,
    title,
    prose: parts[0]!.trim(),
    task: task ?? '',
    hints: listItems(part('Hints') ?? ''),
    checks: sentences,
    solution: solution ?? '',
  };
}

function splitFrontMatter(markdown: string): { readonly head: string; readonly body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown);
  return match ? { head: match[1]!, body: match[2]! } : { head: '', body: markdown };
}

function readYaml(text: string, where: string, problems: string[]): unknown {
  try {
    return parseYaml(text) as unknown;
  } catch (error) {
    problems.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The items of a numbered list; an item may go on in indented lines. */
function listItems(markdown: string): string[] {
  return markdown
    .split(/^\d+\.\s+/m)
    .slice(1)
    .map((item) => item.replace(/^ {3}/gm, '').trim());
}

function splitSolution(script: string): Map<string, string> {
  const parts = script.split(/^# step: *(\S+) *$/m);
  const solutions = new Map<string, string>();
  for (let index = 1; index + 1 < parts.length; index += 2) solutions.set(parts[index]!, parts[index + 1]!.trim());
  return solutions;
}
