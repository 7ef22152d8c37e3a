export {
  FileError,
  fileErrorTexts,
  type DeviceKind,
  type FileErrno,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type FileUser,
  type OpenOptions,
} from './file-system.ts';
export {
  layeredFileSystem,
  memoryFileSystem,
  type FileSystemOptions,
  type MemoryFileSystem,
} from './files/memory-file-system.ts';
export { createMachine, type MachineOptions } from './machine.ts';
export { restoreSnapshot, takeSnapshot, type TreeSnapshot } from './files/snapshot.ts';
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
