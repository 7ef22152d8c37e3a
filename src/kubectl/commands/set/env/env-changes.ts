import { checkStrictEnvVarName } from '../../../../api/index.ts';
import { CommandError } from '../../../errors/command-error.ts';
import { stringAt, type JsonObject } from '../../../resource/json.ts';

/** A variable of a container, as the API has it. */
export type EnvVar = JsonObject & { name: string };

export interface EnvChanges {
  readonly added: readonly EnvVar[];
  readonly removed: readonly string[];
}

/** Resources first, then `KEY=value` and `KEY-`. Upstream: kubectl/pkg/cmd/set/env/env_parse.go */
export function splitEnvArguments(words: readonly string[]): {
  readonly resources: string[];
  readonly specs: string[];
} {
  const isSpec = (word: string) => /^.+=.*$/ms.test(word) || word.endsWith('-');
  const first = words.findIndex(isSpec);
  const specs = first < 0 ? [] : words.slice(first);
  if (!specs.every(isSpec)) {
    throw new CommandError(`all resources must be specified before environment changes: ${words.join(' ')}`);
  }
  return { resources: words.slice(0, first < 0 ? words.length : first), specs };
}

/** @param readInput what `-` stands for: lines of KEY=value */
export async function parseEnv(specs: readonly string[], readInput: () => Promise<string>): Promise<EnvChanges> {
  const added: EnvVar[] = [];
  const removed: string[] = [];
  const named = new Set<string>();
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    if (spec === '-') added.push(...linesOfEnv(await readInput()));
    else if (equals >= 0) {
      const name = spec.slice(0, equals);
      const problems = checkStrictEnvVarName(name);
      if (problems.length > 0) {
        throw new CommandError(`${JSON.stringify(name)} is not a valid key name: ${problems.join(';')}`);
      }
      named.add(name);
      added.push(envVar(name, spec.slice(equals + 1)));
    } else if (spec.endsWith('-')) removed.push(spec.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${spec}`);
  }
  if (removed.some((name) => named.has(name))) {
    throw new CommandError('can not both modify and remove the same environment variable in the same command');
  }
  return { added, removed };
}

function linesOfEnv(text: string): EnvVar[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/s, ''))
    .filter((line) => line.includes('='))
    .map((line) => envVar(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)));
}

function envVar(name: string, value: string): EnvVar {
  return { name, ...(value !== '' && { value }) };
}

/** Variables that are there already keep their place. Upstream: kubectl/pkg/cmd/set/helper.go updateEnv */
export function updateEnv(current: readonly JsonObject[], { added, removed }: EnvChanges): JsonObject[] {
  const covered = new Set(removed);
  const updated: JsonObject[] = [];
  for (const variable of current) {
    const name = stringAt(variable, 'name');
    if (covered.has(name)) continue;
    const newer = added.find((each) => each.name === name);
    if (newer) covered.add(name);
    updated.push(newer ?? variable);
  }
  for (const variable of added) {
    if (covered.has(variable.name)) continue;
    covered.add(variable.name);
    updated.push(variable);
  }
  return updated;
}

/** @throws when a variable has another value already */
export function refuseOverwrites(current: readonly JsonObject[], { added }: EnvChanges): void {
  for (const variable of added) {
    const old = current.find((each) => each['name'] === variable.name);
    if (old && stringAt(old, 'value') !== stringAt(variable, 'value')) {
      throw new CommandError(
        `'${variable.name}' already has a value (${stringAt(old, 'value')}), and --overwrite is false`,
      );
    }
  }
}
