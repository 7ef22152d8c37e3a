import { CommandError } from '../../errors/command-error.ts';

/** One side of a copy: `path`, `pod:path` or `namespace/pod:path`. Upstream: kubectl/pkg/cmd/cp/filespec.go */
export interface FileSpec {
  /** Empty for a local file. */
  readonly pod: string;
  readonly namespace: string;
  readonly path: string;
}

export function parseFileSpec(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon < 0) return { pod: '', namespace: '', path: withoutLastSlash(text) };
  const pieces = text.slice(0, colon).split('/');
  if (colon === 0 || pieces.length > 2) {
    throw new CommandError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  }
  const [pod = '', namespace = ''] = pieces.toReversed();
  return { pod, namespace, path: remotePath(text.slice(colon + 1)) };
}

/** A path in a container, whatever kind of slash it came with. */
export function remotePath(text: string): string {
  return withoutLastSlash(text).replaceAll('\\', '/');
}

function withoutLastSlash(path: string): string {
  return path !== '/' && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Without what leads out of the directory it is in. */
export function withoutShortcuts(path: string): string {
  const rest = path.replace(/^(?:\.\.\/)+/, '');
  return rest === '.' || rest === '..' ? '' : rest.replace(/^\//, '');
}
