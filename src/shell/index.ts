export { FileError, fileErrorTexts, type FileErrno, type FileStat, type FileSystem } from './file-system.ts';
export type {
  ConnectErrno,
  Connection,
  Listener,
  Machine,
  NetworkStack,
  Program,
  ProgramContext,
  ResolveError,
} from './program.ts';
