import { waitFor, type ByteSink, type ByteSource, type RandomStream } from '../../kernel/index.ts';
import { FileError, type DeviceKind } from '../file-system.ts';

/** What a device file needs of the process that opens it. */
export interface DeviceContext {
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly random: RandomStream;
}

const blockBytes = 4096;

export function deviceSource(device: DeviceKind, context: DeviceContext): ByteSource {
  switch (device) {
    case 'zero':
    case 'full':
      return endless(() => new Uint8Array(blockBytes));
    case 'random':
      return endless(() => Uint8Array.from({ length: blockBytes }, () => context.random.integer(0, 255)));
    case 'tty':
    case 'stdin':
      return { read: () => context.stdin.read(), close: () => {} };
    default:
      return {
        *read() {
          return undefined;
        },
        close: () => {},
      };
  }
}

/** Each block gives others a turn, so that `cat /dev/zero` does not hang. */
function endless(make: () => Uint8Array): ByteSource {
  return {
    *read() {
      yield* waitFor<void>((resume) => resume());
      return make();
    },
    close: () => {},
  };
}

export function deviceSink(device: DeviceKind, context: DeviceContext, path: string): ByteSink {
  if (device === 'stdout' || device === 'tty') return shared(context.stdout);
  if (device === 'stderr') return shared(context.stderr);
  return {
    *write() {
      if (device === 'full') throw new FileError('ENOSPC', path);
    },
    close: () => {},
  };
}

function shared(sink: ByteSink): ByteSink {
  return { write: (bytes) => sink.write(bytes), close: () => {}, ...(sink.terminal && { terminal: sink.terminal }) };
}
