export { completeKubectl, type KubectlCompletion } from './completion/complete.ts';
export { runKubectl } from './main.ts';
export type {
  FileEntry,
  KubectlClock,
  KubectlFiles,
  KubectlInput,
  KubectlIo,
  KubectlOutput,
  LocalConnection,
  LocalListener,
} from './kubectl-io.ts';
