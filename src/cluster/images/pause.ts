import { encodeUtf8, waitFor } from '../../kernel/index.ts';
import type { Program } from '../../shell/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';

/** Does nothing until it is told to stop. */
const pause: Program = function* ({ argv, process, stderr }) {
  if (argv.includes('-v')) {
    yield* stderr.write(encodeUtf8('pause.c 3.10\n'));
    return 0;
  }
  const signal = yield* waitFor<string>((resume) => {
    process.handle('SIGINT', () => resume('Interrupt'));
    process.handle('SIGTERM', () => resume('Terminated'));
  });
  yield* stderr.write(encodeUtf8(`Shutting down, got signal: ${signal}\n`));
  return 0;
};

/** registry.k8s.io/pause */
export function pauseImage(): Image {
  return {
    repository: 'registry.k8s.io/pause',
    tags: [
      'latest',
      '1.0',
      '2.0',
      '3.0',
      '3.1',
      '3.2',
      '3.3',
      '3.4.1',
      '3.5',
      '3.6',
      '3.7',
      '3.8',
      '3.9',
      '3.10',
      '3.10.1',
    ],
    sizeBytes: () => 320_448,
    config: () => ({ entrypoint: ['/pause'], environment: { PATH: '/' }, workingDirectory: '/', user: '65535:65535' }),
    files: () => distributionFiles('scratch', { '/pause': pause }),
  };
}
