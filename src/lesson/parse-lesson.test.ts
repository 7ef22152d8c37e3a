import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkForms, parseSentence } from './checks/sentences.ts';
import { LessonError, parseLesson } from './parse-lesson.ts';

const root = join(import.meta.dirname, '../../lessons');
const ids = readdirSync(root).flatMap((track) => readdirSync(join(root, track)).map((name) => `${track}/${name}`));
const filesOf = (id: string) => {
  const read = (name: string) => readFileSync(join(root, id, name), 'utf8');
  return {
    id,
    markdown: read('lesson.en.md'),
    start: read('start.yaml'),
    checks: read('checks.yaml'),
    solution: read('solution.sh'),
  };
};

describe('parseLesson', () => {
  it.each(ids)('reads %s', (id) => {
    const lesson = parseLesson(filesOf(id));
    expect(lesson.steps.length).toBeGreaterThan(1);
    for (const step of lesson.steps) expect(step.hints.length).toBeGreaterThan(0);
  });

  it('names everything that is wrong at once', () => {
    const broken = {
      id: 'track/01-broken',
      markdown: '---\ntitle: T\nsummary: S\n---\n\n## Step {#one}\n\nprose\n',
      start: '',
      checks: 'one:\n  - the moon is full\ntwo:\n  - pod web is ready\n',
      solution: '',
    };
    expect(() => parseLesson(broken)).toThrow(LessonError);
    expect(() => parseLesson(broken)).toThrow(/minutes.*no step "two"|no "### Task"/s);
    expect(() => parseLesson(broken)).toThrow(/nobody understands the check "the moon is full"/);
  });
});

describe('the check language', () => {
  it.each(checkForms.map(({ example }) => example))('understands its own example: %s', (example) => {
    const full = example.replace(/[[\]]/g, '');
    const short = example.replace(/ \[[^\]]*\]/g, '');
    expect(parseSentence(full)?.form.example).toBe(example);
    expect(parseSentence(short)?.form.example).toBe(example);
  });

  it('keeps the words of a sentence', () => {
    expect(parseSentence('in pod web in shop, "cat a b" prints "x y"')?.words).toEqual({
      name: 'web',
      namespace: 'shop',
      command: '"cat a b"',
      text: '"x y"',
    });
  });
});
