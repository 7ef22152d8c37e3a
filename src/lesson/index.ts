export { checkForms, parseSentence, runCheck } from './checks/sentences.ts';
export type { CheckResult, Lesson, LessonStep } from './lesson.ts';
export { LessonError, parseLesson, type LessonFiles } from './parse-lesson.ts';
export { applyStart } from './start-state.ts';
