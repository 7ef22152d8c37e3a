import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonFiles } from '../lesson/index.ts';

/** The files of every lesson below a folder, in the order of their ids. */
export function readLessons(root: string): readonly LessonFiles[] {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  return folders(root).flatMap((track) =>
    folders(join(root, track)).map((name) => readLesson(root, `${track}/${name}`)),
  );
}

function readLesson(root: string, id: string): LessonFiles {
  const read = (name: string) => readFileSync(join(root, id, name), 'utf8');
  return {
    id,
    markdown: read('lesson.en.md'),
    start: read('start.yaml'),
    checks: read('checks.yaml'),
    solution: read('solution.sh'),
  };
}
