import type { ByteSink, ByteSource } from '../../kernel/index.ts';
import type { FileSystem } from '../file-system.ts';
import { deviceSink, deviceSource, type DeviceContext } from './devices.ts';

const blockBytes = 65_536;

/** Opens a file to read it from its start; devices as well. Throws FileError. */
export function openForReading(files: FileSystem, path: string, context: DeviceContext): ByteSource {
  const device = files.stat(path)?.device;
  if (device) return deviceSource(device, context);
  const handle = files.open(path);
  let offset = 0;
  return {
    *read() {
      const bytes = handle.readAt(offset, blockBytes);
      offset += bytes.length;
      return bytes.length > 0 ? bytes : undefined;
    },
    close: () => {},
  };
}

export interface WriteOptions {
  readonly append?: boolean;
  readonly mode?: number;
}

/** Opens a file to write to it, empty or at its end; devices as well. Throws FileError. */
export function openForWriting(
  files: FileSystem,
  path: string,
  context: DeviceContext,
  { append = false, mode = 0o666 }: WriteOptions = {},
): ByteSink {
  const device = files.stat(path)?.device;
  if (device) return deviceSink(device, context, path);
  const handle = files.open(path, { write: true, create: true, truncate: !append, mode });
  let offset = 0;
  return {
    *write(bytes) {
      if (append) handle.append(bytes);
      else handle.writeAt(offset, bytes);
      offset += bytes.length;
    },
    close: () => {},
  };
}
