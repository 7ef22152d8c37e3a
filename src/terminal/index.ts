export { createTerminalSession, type TerminalSession, type TerminalSessionOptions } from './session.ts';
export {
  createWorkstation,
  type Workstation,
  type WorkstationOptions,
  type WorkstationSnapshot,
} from './workstation/workstation.ts';
export type { Disposable, Screen } from './screen/screen.ts';
export { runScript, type ScriptOptions } from './run-script.ts';
