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
  filesMadeLater,
  type FileSystemOptions,
  type LaterFile,
  layeredFileSystem,
  memoryFileSystem,
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
export { globPaths } from './interpreter/expand/glob.ts';
export { shellProgram } from './interpreter/shell-program.ts';
export { ash, bash, dash, type Personality } from './interpreter/state/personality.ts';
export { formatTime } from './format/strftime.ts';
export { sha256, toHex } from './codec/sha256.ts';
export { httpDate } from './http/http-date.ts';
export { HttpHeaders, reasonPhrases, type HttpRequest, type HttpResponse } from './http/message.ts';
export { bodyText, readRequest, readResponse } from './http/read-message.ts';
export { reasonOf, requestBytes, responseBytes } from './http/write-message.ts';
export { HttpServer } from './http/server.ts';
export type { HttpExchange, HttpHandler } from './http/serve-connection.ts';
export { ByteReader } from './io/byte-reader.ts';
export { TaskGroup } from './io/task-group.ts';
export { openForReading, openForWriting } from './io/open-file.ts';
export { toolNamed, toolNames } from './programs/index.ts';
export { toolProgram, type Flavour, type ToolBody } from './programs/tool.ts';
export { createShell, type ShellSession, type ShellSessionOptions } from './interpreter/session.ts';
export type { Completion } from './interpreter/completion.ts';
export { installTools } from './programs/install.ts';
export { dial, exchange, type Dialled } from './http/exchange.ts';
