export type { BootReport, BootRequest, BugReport } from './protocol.ts';
export { startWorker, type RunningWorker } from './start-worker.ts';
