import { parseLesson, type Lesson } from '../../lesson/index.ts';

/** The lessons' files, each loaded when it is asked for. Their folders are their ids. */
const files: Readonly<Record<string, () => Promise<unknown>>> = import.meta.glob(
  ['/lessons/*/*/lesson.en.md', '/lessons/*/*/start.yaml', '/lessons/*/*/checks.yaml', '/lessons/*/*/solution.sh'],
  { query: '?raw', import: 'default' },
);

const textName = 'lesson.en.md';

/** In the order in which they are taught. */
export const lessonIds: readonly string[] = Object.keys(files)
  .filter((path) => path.endsWith(`/${textName}`))
  .map((path) => path.slice('/lessons/'.length, -textName.length - 1))
  .sort();

const loaded = new Map<string, Promise<Lesson>>();

export function loadLesson(id: string): Promise<Lesson> {
  let lesson = loaded.get(id);
  if (!lesson) loaded.set(id, (lesson = read(id)));
  return lesson;
}

export const loadLessons = (): Promise<readonly Lesson[]> => Promise.all(lessonIds.map(loadLesson));

async function read(id: string): Promise<Lesson> {
  const text = async (name: string) => {
    const load = files[`/lessons/${id}/${name}`];
    return load ? String(await load()) : '';
  };
  const [markdown, start, checks, solution] = await Promise.all([
    text(textName),
    text('start.yaml'),
    text('checks.yaml'),
    text('solution.sh'),
  ]);
  return parseLesson({ id, markdown, start, checks, solution });
}
