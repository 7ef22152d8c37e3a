import type { Invocation } from '../command/invocation.ts';
import { argumentKinds, typesWithPods, type ArgumentKind } from './argument-kinds.ts';
import { containersOf, entriesOfKubeconfig, namesOf, typeNames } from './names.ts';

export interface ArgumentCompletion {
  readonly candidates: readonly string[];
  readonly isFinal?: boolean;
  readonly allowsFiles?: boolean;
}

/**
 * What the next argument of a command could be.
 * Upstream: kubectl/pkg/util/completion/completion.go
 * @param given the arguments before it
 */
export async function completeArgument(
  invocation: Invocation,
  path: string,
  given: readonly string[],
  word: string,
): Promise<ArgumentCompletion> {
  const kind = argumentKinds[path];
  if (!kind) return { candidates: [], allowsFiles: true };
  switch (kind.type) {
    case 'resources':
      return completeResources(invocation, kind, given, word);
    case 'names': {
      const isOver = given.length > 0 && path !== 'drain' && path !== 'cordon' && path !== 'uncordon';
      return { candidates: isOver ? [] : starting(without(await namesOf(invocation, kind.resource), given), word) };
    }
    case 'pod':
      return completePod(invocation, kind, given, word);
    case 'kubeconfig':
      return {
        candidates: given.length > 0 ? [] : starting(await entriesOfKubeconfig(invocation, kind.list), word),
      };
  }
}

async function completeResources(
  invocation: Invocation,
  { only, isOne }: Extract<ArgumentKind, { type: 'resources' }>,
  given: readonly string[],
  word: string,
): Promise<ArgumentCompletion> {
  const [first] = given;
  if (first !== undefined && !first.includes('/')) {
    if (isOne && given.length > 1) return { candidates: [] };
    return { candidates: starting(without(await namesOf(invocation, first), given.slice(1)), word) };
  }
  if (isOne && first !== undefined) return { candidates: [] };
  const slash = word.indexOf('/');
  if (slash >= 0) return { candidates: without(await qualifiedNames(invocation, word, slash), given) };
  const types = only ?? (await typeNames(invocation));
  if (first !== undefined) return { candidates: starting(types, word).map((type) => `${type}/`), isFinal: false };
  const comma = word.lastIndexOf(',') + 1;
  const prefix = word.slice(0, comma);
  return { candidates: starting(types, word.slice(comma)).map((type) => prefix + type) };
}

async function completePod(
  invocation: Invocation,
  { withContainer }: Extract<ArgumentKind, { type: 'pod' }>,
  given: readonly string[],
  word: string,
): Promise<ArgumentCompletion> {
  if (given.length === 1 && withContainer) {
    return { candidates: starting(await containersOf(invocation, given[0]!), word) };
  }
  if (given.length > 0) return { candidates: [] };
  const slash = word.indexOf('/');
  if (slash >= 0) return { candidates: await qualifiedNames(invocation, word, slash) };
  const pods = starting(await namesOf(invocation, 'pods'), word);
  // Among pods nobody looks for types that only begin with the same letter.
  if (pods.length > 0 && word !== '') return { candidates: pods };
  const types = starting(typesWithPods, word).map((type) => `${type}/`);
  return { candidates: [...pods, ...types], isFinal: pods.length > 0 };
}

async function qualifiedNames(invocation: Invocation, word: string, slash: number): Promise<readonly string[]> {
  const type = word.slice(0, slash);
  const names = starting(await namesOf(invocation, type), word.slice(slash + 1));
  return names.map((name) => `${type}/${name}`);
}

function starting(names: readonly string[], prefix: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefix));
}

function without(names: readonly string[], taken: readonly string[]): readonly string[] {
  return names.filter((name) => !taken.includes(name));
}
