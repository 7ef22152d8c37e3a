import { fail, parseCommandLine } from './arguments.ts';
import { readLessons } from './lesson-files.ts';
import { playLesson } from './play-lesson.ts';

// `npm run -s lessons -- check [--json] [ID…]`: plays every lesson, and exits with 1 when one fails.

const { values, positionals } = parseCommandLine({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [command, ...ids] = positionals;
if (command !== 'check') fail('say what to do: check [--json] [ID...]');

const all = readLessons('lessons');
const unknown = ids.filter((id) => !all.some((files) => files.id === id));
if (unknown.length > 0) fail(`there is no lesson ${unknown.join(', ')}`);

const reports = [];
for (const files of all.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
  const problems = await playLesson(files);
  const isOk = problems.length === 0;
  reports.push({ id: files.id, ok: isOk, problems });
  if (!values.json)
    process.stdout.write(
      `${isOk ? 'ok  ' : 'FAIL'} ${files.id}\n${problems.map((problem) => `     ${problem}\n`).join('')}`,
    );
}
if (values.json) process.stdout.write(`${JSON.stringify({ lessons: reports, drills: [] })}\n`);
process.exit(reports.every(({ ok }) => ok) ? 0 : 1);
