import type { Invocation } from '../command/invocation.ts';
import { emitYaml } from '../yaml/emit-yaml.ts';

/** What a kustomization builds, as YAML. Few use it: what it takes is brought when somebody does. */
export async function kustomizedText({ io }: Pick<Invocation, 'io'>, path: string): Promise<string> {
  const { kustomize } = await import('./build.ts');
  const workingDirectory = io.environment.get('PWD') ?? '/';
  const objects = await kustomize(path, { files: io.files, workingDirectory, warn: (text) => io.stderr.write(text) });
  return objects.map((object) => emitYaml(object)).join('---\n');
}
