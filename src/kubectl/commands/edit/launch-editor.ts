import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';

/** What came back from the editor, and where it is. */
export interface EditedFile {
  readonly path: string;
  readonly text: string;
}

const notFoundStatus = 127;

/** Lets the user edit a text in a file of its own. Upstream: kubectl/pkg/cmd/util/editor/editor.go */
export async function launchEditor(invocation: Invocation, text: string, extension: string): Promise<EditedFile> {
  const { files, environment, run } = invocation.io;
  const folder = environment.get('TMPDIR') ?? '/tmp';
  const path = `${folder.replace(/\/$/, '')}/kubectl-edit-${Math.floor(Math.random() * 2 ** 32)}${extension}`;
  await files.write(path, text, 0o600);
  const argv = editorArguments(environment);
  const isShell = argv.length === 3 && argv[1] === '-c';
  const status = await run(isShell ? [...argv.slice(0, 2), `${argv[2]} ${JSON.stringify(path)}`] : [...argv, path]);
  if (status === 0) return { path, text: new TextDecoder().decode(await files.read(path)) };
  const editor = JSON.stringify(argv.join(' '));
  throw new CommandError(
    status === notFoundStatus
      ? `unable to launch the editor ${editor}`
      : `there was a problem with the editor ${editor}`,
  );
}

function editorArguments(environment: ReadonlyMap<string, string>): readonly string[] {
  const editor = environment.get('KUBE_EDITOR') || environment.get('EDITOR') || 'vi';
  if (!/["'\\]/.test(editor)) return editor.split(' ');
  if (!editor.includes(' ')) return [editor];
  return [environment.get('SHELL') || '/bin/bash', '-c', editor];
}
