import { CommandError } from '../errors/command-error.ts';

/** What the arguments of a command name: `pods`, `pod a b`, `pod/a svc/b`, `pods,services`. */
export interface ResourceArguments {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tuples: readonly { readonly type: string; readonly name: string }[];
}

/** Upstream: cli-runtime/pkg/resource/builder.go ResourceTypeOrNameArgs */
export function readResourceArguments(
  argv: readonly string[],
  expandCategory: (name: string) => readonly string[] | undefined,
): ResourceArguments {
  const normalized = spreadNames(argv);
  if (hasCombined(normalized)) return { types: [], names: [], tuples: normalized.map(toTuple) };
  if (normalized.length === 0) return { types: [], names: [], tuples: [] };
  const types = unique(normalized[0]!.split(',').flatMap((type) => expandCategory(type) ?? [type]));
  return { types, names: normalized.slice(1), tuples: [] };
}

/** `a,b c` is `a/c b/c`. */
function spreadNames(argv: readonly string[]): readonly string[] {
  if (argv.length < 2) return argv;
  const types = unique(argv[0]!.split(','));
  return types.length > 1 ? types.flatMap((type) => argv.slice(1).map((name) => `${type}/${name}`)) : argv;
}

function hasCombined(argv: readonly string[]): boolean {
  const combined = argv.filter((argument) => argument.includes('/')).length;
  if (combined === 0) return false;
  if (combined === argv.length) return true;
  throw new CommandError(
    'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
      "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
  );
}

/** Whether the arguments name single objects. */
export function hasNames(argv: readonly string[]): boolean {
  const normalized = spreadNames(argv);
  return hasCombined(normalized) || normalized.length > 1;
}

/** The type and name in `type/name`; undefined when there is no slash. */
export function splitTypeName(argument: string): { readonly type: string; readonly name: string } | undefined {
  return argument.includes('/') ? toTuple(argument) : undefined;
}

function toTuple(argument: string): { readonly type: string; readonly name: string } {
  const parts = argument.split('/');
  if (parts.length !== 2) {
    throw new CommandError('arguments in resource/name form may not have more than one slash');
  }
  const [type, name] = parts as [string, string];
  if (type === '' || name === '' || unique(type.split(',')).length !== 1) {
    throw new CommandError('arguments in resource/name form must have a single resource and name');
  }
  return { type, name };
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
